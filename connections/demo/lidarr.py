"""A fake Lidarr: whole lists, consumers that are replaced as they are sent, and tag settings that a client can ruin."""

import json
from dataclasses import dataclass, field

from artists.demo.replies import Misbehave, Question, Reply, json_reply
from artists.demo.world import World
from connections.demo.shelf import Item

_TAG_SETTINGS = {
    "id": 1,
    "metadataSource": "",
    "writeAudioTags": "newFiles",
    "scrubAudioTags": False,
    "embedCoverArt": True,
}


@dataclass
class FakeLidarr:
    key: str
    version: str = "2.9.6.4552"
    artists: list[Item] = field(default_factory=list)
    consumers: list[Item] = field(default_factory=list)
    roots: list[Item] = field(default_factory=list)
    commands: list[Item] = field(default_factory=list)
    tag_settings: Item = field(default_factory=lambda: dict(_TAG_SETTINGS))
    fault: str = ""

    def answer(self, _world: World, question: Question) -> Reply:
        if self.fault:
            raise Misbehave(self.fault)
        if question.headers.get("X-Api-Key") != self.key:
            return json_reply({"error": "Unauthorized"}, 401)
        parts = question.path.strip("/").split("/")[2:]
        match question.method, parts:
            case "GET", ["system", "status"]:
                return json_reply({"appName": "Lidarr", "instanceName": "Lidarr", "version": self.version})
            case "GET", ["artist"]:
                wanted = question.query.get("mbId")
                return json_reply([row for row in self.artists if wanted in (None, row["foreignArtistId"])])
            case "GET", ["rootfolder"]:
                return json_reply(self.roots)
            case "GET", ["metadata"]:
                return json_reply(self.consumers)
            case "GET", ["config", "metadataprovider"]:
                return json_reply(self.tag_settings)
            case "POST", ["command"]:
                return self._command(json.loads(question.body))
            case _, ["artist" | "metadata" as noun, number] if number.isdecimal():
                return self._one(question, self.artists if noun == "artist" else self.consumers, int(number))
            case _:
                return json_reply({"message": "NotFound"}, 404)

    def _one(self, question: Question, rows: list[Item], number: int) -> Reply:
        place = next((place for place, row in enumerate(rows) if row["id"] == number), None)
        if place is None:
            return json_reply({"message": "NotFound"}, 404)
        if question.method == "PUT":
            rows[place] = {**json.loads(question.body), "id": number}
        return json_reply(rows[place], 202 if question.method == "PUT" else 200)

    def _command(self, body: Item) -> Reply:
        self.commands.append(body)
        return json_reply(
            {"id": len(self.commands), "name": body["name"], "commandName": body["name"], "status": "queued"}, 201
        )
