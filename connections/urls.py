"""The pages of connections."""

from django.urls import path

from connections.views import (
    artist_servers,
    conflicts,
    connections,
    inbound,
    libraries,
    scraper,
    server_pictures,
    shared_disk,
    webhooks,
)

app_name = "connections"

urlpatterns = [
    path("artists/<int:pk>/servers", artist_servers.index, name="artist_servers"),
    path("artists/<int:pk>/servers/<int:link_pk>", artist_servers.state, name="artist_server"),
    path("artists/<int:pk>/servers/<int:link_pk>/push", artist_servers.push, name="push"),
    path("artists/<int:pk>/servers/<int:link_pk>/pull", artist_servers.pull, name="pull"),
    path("artists/<int:pk>/servers/<int:link_pk>/lock", artist_servers.lock, name="lock_there"),
    path("artists/<int:pk>/servers/<int:link_pk>/pictures", server_pictures.pictures, name="server_pictures"),
    path("artists/<int:pk>/servers/<int:link_pk>/pictures/take", server_pictures.take, name="take_picture"),
    path("artists/<int:pk>/servers/<int:link_pk>/pictures/send", server_pictures.send, name="send_pictures"),
    path("artists/<int:pk>/servers/<int:link_pk>/pictures/remove", server_pictures.remove, name="remove_picture"),
    path("artists/<int:pk>/servers/<int:link_pk>/pictures/<slug:kind>", server_pictures.picture, name="server_picture"),
    path("settings/servers", connections.index, name="index"),
    path("settings/servers/add", connections.add, name="add"),
    path("settings/servers/<int:pk>", connections.change, name="change"),
    path("settings/servers/<int:pk>/test", connections.test, name="test"),
    path("settings/servers/<int:pk>/switches", connections.switches, name="switches"),
    path("settings/servers/<int:pk>/link-anew", connections.link_anew, name="link_anew"),
    path("settings/servers/<int:pk>/remove", connections.remove, name="remove"),
    path("settings/servers/<int:pk>/libraries", libraries.index, name="libraries"),
    path("settings/servers/<int:pk>/libraries/<int:library_pk>", libraries.take_over, name="take_over"),
    path("settings/servers/<int:pk>/libraries/folders", libraries.map_folder, name="map_folder"),
    path(
        "settings/servers/<int:pk>/libraries/folders/<int:mapping_pk>/forget",
        libraries.forget_folder,
        name="forget_folder",
    ),
    path("settings/fetching/servers", scraper.index, name="scrapers"),
    path("settings/fetching/servers/<int:pk>", scraper.scraper, name="scraper"),
    path("settings/fetching/servers/<int:pk>/reset", scraper.reset, name="reset_scraper"),
    path("settings/servers/conflicts/check", conflicts.check, name="check_conflicts"),
    path("settings/servers/conflicts/hide", conflicts.hide, name="hide_conflicts"),
    path("settings/servers/shared", shared_disk.index, name="shared_disk"),
    path("settings/servers/shared/recheck", shared_disk.look_again, name="recheck_shared_disk"),
    path("settings/servers/shared/dismiss", shared_disk.hide, name="dismiss_shared_disk"),
    path("settings/webhooks", webhooks.index, name="webhooks"),
    path("settings/webhooks/new", webhooks.add, name="add_webhook"),
    path("settings/webhooks/inbound", inbound.inbound, name="inbound"),
    path("settings/webhooks/inbound/<slug:program>", inbound.make, name="make_inbound"),
    path("settings/webhooks/<int:pk>", webhooks.webhook, name="webhook"),
    path("settings/webhooks/<int:pk>/remove", webhooks.remove, name="remove_webhook"),
    path("settings/webhooks/<int:pk>/secret", webhooks.renew, name="renew_webhook_secret"),
    path("settings/webhooks/<int:pk>/test", webhooks.test, name="test_webhook"),
    path("settings/webhooks/<int:pk>/deliveries", webhooks.deliveries, name="deliveries"),
    path("settings/webhooks/<int:pk>/deliveries/<int:delivery_id>/again", webhooks.again, name="send_again"),
]
