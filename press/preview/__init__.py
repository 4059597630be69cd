"""The preview: a publication built again at each save, and its pages shown by a browser on the same machine.

`making` turns what is saved into pages or problems, `watching` says when, `session` holds what is shown, `pictures`
draws pages, `blocks` says which line of the content stands where on them, `editors` how a line is opened, and `server`
hands all that to `page/`, which a browser runs.
"""
