"""Send a portrait to its person before it is published, and read what they answer.

text -> page with a token -> (the person) -> reply -> differences, accepted one by one -> text
"""
