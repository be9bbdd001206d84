"""Store the series in a small SQLite database and query it.

tables    the schema: one class per table, one field per column
writing   a parsed portrait -> its rows
reading   rows -> a portrait, or the summary that lists and cards show
reads     queries on the tables, which record what they read
views     tables derived from other tables: accounts, questions, related portraits…
"""
