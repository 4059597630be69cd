"""Imports: a Markdown or Word file in, draft sections out; one way only.

    markdown ─┐
              ├─ tree ─ drafts (in which `writing` makes prose of it) ─ files
    word ─────┘

Whatever has no place in a section is told, with the line or paragraph where it stands and its words: nothing goes
missing in silence. What is written here is read again by the engine's own rules before it is handed over, and written
more plainly where it would be read otherwise than it is meant.
"""
