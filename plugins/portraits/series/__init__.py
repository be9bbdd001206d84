"""The series as a small database: what portraits say stands in tables, and is asked there.

    tables    the schema: one class a table, one field a column
    writing   a parsed portrait -> its rows
    reading   rows -> a portrait, or the summary that lists and cards show
    reads     asking the tables, with a record of what was asked
    views     tables that are derived from other tables: accounts, questions, related portraits…
"""
