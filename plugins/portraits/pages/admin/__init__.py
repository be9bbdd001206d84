"""Publish an editor for who will not use a terminal: Sveltia CMS at ``admin/``.

    admin/index.html         an empty page that loads admin.js
    admin/admin.js           starts the editor with collections.json and front-matter.js
    admin/front-matter.js    reads a portrait file and writes it back, changing only what was edited
    admin/collections.json   what the editor offers: made from the schema and the questionnaire
    admin/sveltia/  admin/yaml/      two packages of npm, at a fixed version

Nothing of it is published unless the settings name a repository (``admin``). docs/decisions/016
says why it is this editor, and why it writes files by a format of our own.
"""
