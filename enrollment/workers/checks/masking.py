"""What a page shows of personal data before somebody asks for it, and is recorded asking."""

from enrollment.workers.checks.nik import mask


def mask_name(name):
    """`SITI AMINAH` → `S*** A*****`."""
    return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())


MASKS = {"nik": mask, "kk": mask, "mother_name": mask_name}
"""The fields that are hidden, each with how."""


def masked(field, value):
    """A field's value as it may stand in a list or a history."""
    return MASKS[field](value) if value and field in MASKS else value


def masked_field(worker, field):
    return masked(field, getattr(worker, field))
