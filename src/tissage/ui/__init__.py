"""The look: base page, components, charts, print sheet, vendored front-end files; and the manners of the command line.

Not here: anything that knows a table. Pages show what downstream apps bring through slots.
"""
