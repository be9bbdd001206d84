"""The editor's tools: what is prepared before a portrait exists.

A file ready to be filled in, and the questionnaire as the person receives it: one page
that works without a network, or the text of an e-mail. What comes back is read by
:mod:`portraits.importer`.
"""

from portraits.editor.portrait_file import new_portrait
from portraits.editor.questionnaire_form import questionnaire_html
from portraits.editor.questionnaire_mail import questionnaire_text

__all__ = ["new_portrait", "questionnaire_html", "questionnaire_text"]
