"""Speed, measured by hand: figures and ratios against a baseline of the same run. `make bench`, or `python -m bench NAME…`."""

import os

import django

if "DJANGO_SETTINGS_MODULE" in os.environ:  # a measure, in the process that `python -m bench` made for it
    django.setup()
