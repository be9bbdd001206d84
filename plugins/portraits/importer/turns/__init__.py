"""Whose turn it is, by the signs of the source and not by its words.

    tables       a table of two columns that holds the interview
    quotations   questions, or the whole interview, in quotation blocks
    items        questions that are items of a list
    dashes       a dash before each voice, as in novels
    same_line    a question and its answer on one line
    cutting      a sign taken off a block

Each step takes the blocks of a source and gives them back with what it found out; without enough
turns of its kind, it changes nothing.
"""
