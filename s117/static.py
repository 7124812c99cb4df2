"""Static files: hashed, compressed, kept for ever by browsers."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(StaticFilesConfig):
    """Django's own, less htmx extensions: a module rewriter takes their comments for imports."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "ext"]


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed names, also inside ES module imports."""

    support_js_module_import_aggregation = True
