"""Gathers the rooms' tables for /pengaturan/: Django looks for them here. No table of people."""

from enrollment.programmes.admin import *  # noqa: F403
from enrollment.workers.admin import *  # noqa: F403
