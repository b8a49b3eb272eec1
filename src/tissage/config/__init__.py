"""The only place that knows everyone: settings, root urls, slots, middleware, command line, installation.

Not here: anything about the field.
"""
