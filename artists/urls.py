"""The pages of artists."""

from django.urls import path

from artists.views import aliases, detail, fields, folder, history, images, index, members, nfo, selection, standing

app_name = "artists"

urlpatterns = [
    path("artists", index.index, name="index"),
    path("artists/view", index.change_view, name="view"),
    path("artists/bulk", selection.change, name="bulk"),
    path("artists/<int:pk>", detail.detail, name="detail"),
    path("artists/<int:pk>/header", detail.head, name="header"),
    path("artists/<int:pk>/lock", standing.lock, name="lock"),
    path("artists/<int:pk>/unlock", standing.unlock, name="unlock"),
    path("artists/<int:pk>/exclude", standing.leave_out, name="exclude"),
    path("artists/<int:pk>/include", standing.take_in, name="include"),
    path("artists/<int:pk>/aliases", aliases.add, name="add_alias"),
    path("artists/<int:pk>/aliases/<int:alias>/remove", aliases.remove, name="remove_alias"),
    path("artists/<int:pk>/members", members.show, name="members"),
    path("artists/<int:pk>/members/add", members.add, name="add_member"),
    path("artists/<int:pk>/members/clear", members.clear, name="clear_members"),
    path("artists/<int:pk>/members/lock", members.lock, name="lock_members"),
    path("artists/<int:pk>/members/<int:member>/remove", members.remove, name="remove_member"),
    path("artists/<int:pk>/rename", folder.rename, name="rename"),
    path("artists/<int:pk>/nfo", nfo.compare, name="nfo"),
    path("artists/<int:pk>/nfo/create", nfo.create, name="create_nfo"),
    path("artists/<int:pk>/nfo/replace", nfo.replace, name="replace_nfo"),
    path("artists/<int:pk>/nfo/restore/<int:snapshot>", nfo.restore, name="restore_nfo"),
    path("artists/<int:pk>/history", history.all_changes, name="history"),
    path("artists/<int:pk>/history/<int:change>/revert", history.take_back, name="revert"),
    path("artists/<int:pk>/fields/<slug:key>", fields.show, name="field"),
    path("artists/<int:pk>/fields/<slug:key>/edit", fields.edit, name="edit_field"),
    path("artists/<int:pk>/fields/<slug:key>/change", fields.change, name="change_field"),
    path("artists/<int:pk>/fields/<slug:key>/clear", fields.clear, name="clear_field"),
    path("artists/<int:pk>/fields/<slug:key>/lock", fields.lock, name="lock_field"),
    path("artists/<int:pk>/fields/<slug:key>/unlock", fields.unlock, name="unlock_field"),
    path("artists/<int:pk>/undo/<int:operation>", fields.take_back, name="undo"),
    path("img/<int:artist>/<slug:kind>/<int:slot>", images.thumbnail_of, name="thumbnail"),
]
