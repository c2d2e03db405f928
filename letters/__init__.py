"""A letter and its data become PDF bytes, an e-mail or a text message.

The words come in as text (`parse_words`, `parse_brand`, `parse_template`), the customer's data as
a `Letter`; `render` gives the PDF, `press` prints many into one, `email_of` and `text_of` give the
short forms. The same letter always gives the same bytes, so a hash of them can be kept.
"""

from letters.brand import Brand, parse_brand
from letters.faults import LetterFault
from letters.messages import Email, email_of, segments, text_of
from letters.press import Entry, Part, PressIndex, press
from letters.records import FieldValue, Letter, Price, Recipient, Row
from letters.render import render, render_many
from letters.sample import Sample, parse_sample, row_of
from letters.template import Template, parse_template
from letters.words import Words, parse_words

__all__ = [
    "Brand",
    "Email",
    "Entry",
    "FieldValue",
    "Letter",
    "LetterFault",
    "Part",
    "PressIndex",
    "Price",
    "Recipient",
    "Row",
    "Sample",
    "Template",
    "Words",
    "email_of",
    "parse_brand",
    "parse_sample",
    "parse_template",
    "parse_words",
    "press",
    "render",
    "render_many",
    "row_of",
    "segments",
    "text_of",
]
