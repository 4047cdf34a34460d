"""Imports the rooms' models, since Django looks for them here."""

from enrollment.bands.models import *  # noqa: F403
from enrollment.coverage.models import *  # noqa: F403
from enrollment.decrees.annexes.models import *  # noqa: F403
from enrollment.decrees.arrangement.models import *  # noqa: F403
from enrollment.decrees.codes.models import *  # noqa: F403
from enrollment.decrees.letters.models import *  # noqa: F403
from enrollment.decrees.models import *  # noqa: F403
from enrollment.decrees.signatories.models import *  # noqa: F403
from enrollment.decrees.signing.models import *  # noqa: F403
from enrollment.desk.models import *  # noqa: F403
from enrollment.duplicates.models import *  # noqa: F403
from enrollment.illness.models import *  # noqa: F403
from enrollment.imports.models import *  # noqa: F403
from enrollment.leavings.models import *  # noqa: F403
from enrollment.limits.models import *  # noqa: F403
from enrollment.programmes.models import *  # noqa: F403
from enrollment.proposals.models import *  # noqa: F403
from enrollment.proposals.papers.models import *  # noqa: F403
from enrollment.renewals.models import *  # noqa: F403
from enrollment.retention.models import *  # noqa: F403
from enrollment.reverification.models import *  # noqa: F403
from enrollment.routes.models import *  # noqa: F403
from enrollment.schedules.models import *  # noqa: F403
from enrollment.statements.models import *  # noqa: F403
from enrollment.workers.models import *  # noqa: F403
from enrollment.workers.rechecks.models import *  # noqa: F403
