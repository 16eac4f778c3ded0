"""The journal: who changed or read what, when, from what to what (docs/decisions/0136).

``sources`` says which events belong to whom, ``reading`` loads one page of them,
``names`` finds what their keys stand for, ``wording`` tells them in French.
"""
