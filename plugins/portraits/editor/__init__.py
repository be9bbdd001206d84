"""Prepare what an editor needs before a portrait exists.

That is a portrait file to fill in, and the questionnaire to send: one HTML page that works offline,
or the text of an e-mail. :mod:`portraits.importer` reads the replies.
"""

from portraits.editor.portrait_file import new_portrait
from portraits.editor.questionnaire_form import questionnaire_html
from portraits.editor.questionnaire_mail import questionnaire_text

__all__ = ["new_portrait", "questionnaire_html", "questionnaire_text"]
