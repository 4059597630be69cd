"""The engine that makes a publication from structured sources: load → check → compose → typeset.

    report = load(project)                  content/ as values, or every problem in it
    problems = check(report)                whatever an author should mend
    document = compose(report, edition)     templates filled, figures drawn: HTML and its assets
    pdf = typeset(document)                 parts laid out, page numbers settled, bytes written

`build.py` and `press.door` are the door: they alone write files, print, and choose the exit code.
"""
