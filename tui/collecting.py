"""The collector of garbage, kept from looking through what stays for the whole session at every so many keys."""

import gc

_NEW = 20_000  # objects made before the newest are looked through: a screen that is opened makes some thousands


def settle() -> None:
    """What is there now stays to the end: from here on only what is made later is looked through."""
    gc.freeze()
    gc.set_threshold(_NEW)
    gc.enable()
