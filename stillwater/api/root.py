"""The REST API: one NinjaAPI, its error table, and the table of all routers by dotted name."""

from ninja import NinjaAPI

from stillwater import __version__
from stillwater.api.auth import ACCEPTED
from stillwater.api.errors import join_error_handlers
from stillwater.api.parsing import JsonOrForm

ROUTERS: tuple[str, ...] = (
    "stillwater.api.system.router",
    "stillwater.api.accounts.router",
    "stillwater.api.preferences.router",
    "stillwater.api.options.router",
    "stillwater.api.jobs.router",
    "artists.api.fields.router",
    "artists.api.locks.router",
    "artists.api.members.router",
    "artists.api.offers.router",
    "artists.api.identify.router",
    "artists.api.aliases.router",
    "artists.api.history.router",
    "artists.api.nfo.router",
    "artists.api.profiles.router",
    "artists.api.nfo_output.router",
    "artists.api.picture_cache.router",
    "artists.api.priorities.router",
    "artists.api.backdrops.router",
    "connections.api.backdrops.router",
    "artists.api.picture_search.router",
    "artists.api.cropping.router",
    "artists.api.pictures.router",
    "artists.api.providers.router",
    "artists.api.provider_answers.router",
    "artists.api.scraper.router",
    "connections.api.scraper.router",
    "connections.api.inbound.router",
    "connections.api.conflicts.router",
    "connections.api.shared_disk.router",
    "connections.api.webhooks.router",
    "connections.api.connections.router",
    "connections.api.file_settings.router",
    "connections.api.libraries.router",
    "connections.api.platform_ids.router",
    "connections.api.sync.router",
    "artists.api.libraries.router",
    "artists.api.scanner.router",
    "rules.api.runs.router",
    "rules.api.rules.router",
    "rules.api.violations.router",
    "rules.api.fixes.router",
    "rules.api.health.router",
    "rules.api.compliance.router",
    "rules.api.artists.router",
    "artists.api.bulk.router",
    "artists.api.bulk_actions.router",
    "artists.api.bulk_identify.router",
    "artists.api.wizard.router",
    "artists.api.foreign_files.router",
    "artists.api.alike_pictures.router",
    "artists.api.duplicates.router",
    "artists.api.merging.router",
    "artists.api.artists.router",  # last: its /artists/{id} would catch the words of others
)

api = NinjaAPI(
    title="Stillwater",
    version=__version__,
    description="Looks after the artist side of a music library.",
    auth=ACCEPTED,
    parser=JsonOrForm(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
join_error_handlers(api)
for router in ROUTERS:
    api.add_router("", router)
