"""The register: people, their detentions and entitlement, cohorts, and the files it came from.

Django finds models here; import each from its own module.
"""

from cohorts.models import cases, cohorts, imports, people  # noqa: F401
