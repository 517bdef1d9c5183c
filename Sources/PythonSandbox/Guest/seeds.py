"""Makes new what a saved Python would otherwise repeat: its random numbers."""

import builtins

__builtins__ = dict(vars(builtins))

import os


def reseed(modules):
    """Makes these modules' random numbers new ones."""
    if random := modules.get("random"):
        random.seed()
    if random := modules.get("numpy.random"):
        random.seed()
    if tempfile := modules.get("tempfile"):
        tempfile._name_sequence = None  # has a generator of its own
    if ssl := modules.get("_ssl"):
        ssl.RAND_add(os.urandom(32), 32.0)
