"""The examples in the docstrings of core are true."""

import doctest
import importlib
import pkgutil

import pytest

import tissage.core

MODULES = sorted(found.name for found in pkgutil.walk_packages(tissage.core.__path__, "tissage.core."))


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_core_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
