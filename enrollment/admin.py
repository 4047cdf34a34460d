"""Imports the rooms' admin classes, since Django looks for them here. None shows people."""

from enrollment.desk.admin import *  # noqa: F403
from enrollment.limits.admin import *  # noqa: F403
from enrollment.programmes.admin import *  # noqa: F403
from enrollment.retention.admin import *  # noqa: F403
from enrollment.workers.admin import *  # noqa: F403
