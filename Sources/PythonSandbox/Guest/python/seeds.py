"""This renews the random numbers, which a saved Python would else repeat."""

import builtins

__builtins__ = dict(vars(builtins))

import os


def reseed(modules):
    """Make the random numbers of these modules new ones."""
    if random := modules.get("random"):
        random.seed()
    if random := modules.get("numpy.random"):
        random.seed()
    if tempfile := modules.get("tempfile"):
        tempfile._name_sequence = None  # It has a generator of its own.
    if ssl := modules.get("_ssl"):
        ssl.RAND_add(os.urandom(32), 32.0)
