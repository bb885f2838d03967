"""Objects of the simulated world as JSON objects of the Bot API."""

from typing import Any

from simulator.world.entities import Entity
from simulator.world.world import (
    Button,
    Chat,
    Content,
    Keyboard,
    Message,
    Person,
    StoredFile,
    World,
)

_ADMINS_MAY = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members"
    " can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories"
    " can_delete_stories can_pin_messages can_manage_topics"
)
_MEMBERS_MAY = (
    "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos"
    " can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages"
    " can_add_web_page_previews can_change_info can_invite_users can_pin_messages"
    " can_manage_topics can_edit_tag can_react_to_messages"
)
_ADMIN_RIGHTS, _SENDING_RIGHTS = _ADMINS_MAY.split(), _MEMBERS_MAY.split()
BUTTON_FIELDS = {
    "callback": "callback_data",
    "url": "url",
    "switch": "switch_inline_query",
    "switch_here": "switch_inline_query_current_chat",
}


def user_json(world: World, id: int) -> dict[str, Any]:
    if id == world.bot.id:
        return bot_json(world)
    person = world.people[id]
    return {"id": id, "is_bot": False, "first_name": person.name, "language_code": "id"}


def bot_json(world: World) -> dict[str, Any]:
    bot = world.bot
    return {"id": bot.id, "is_bot": True, "first_name": bot.name, "username": bot.username}


def me_json(world: World) -> dict[str, Any]:
    return bot_json(world) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def chat_json(chat: Chat) -> dict[str, Any]:
    if chat.is_private:
        return {"id": chat.id, "first_name": chat.title, "type": "private"}
    answer: dict[str, Any] = {"id": chat.id, "title": chat.title, "type": chat.kind}
    if chat.topics:
        answer["is_forum"] = True
    if chat.kind == "group":
        answer["all_members_are_administrators"] = False
    return answer


def message_json(world: World, message: Message, with_reply: bool = True) -> dict[str, Any]:
    chat = world.chats[message.chat]
    answer: dict[str, Any] = {
        "message_id": message.id,
        "from": user_json(world, message.sender),
        "chat": chat_json(chat),
        "date": int(message.date.timestamp()),
    } | content_json(world, message.content)
    if message.edited:
        answer["edit_date"] = int(message.edited.timestamp())
    if message.album:
        answer["media_group_id"] = message.album
    if message.topic is not None:
        answer |= {"message_thread_id": message.topic, "is_topic_message": True}
    if message.keyboard:
        answer["reply_markup"] = keyboard_json(message.keyboard)
    replied = chat.messages.get(message.reply_to or 0)
    if replied and with_reply:
        answer["reply_to_message"] = message_json(world, replied, with_reply=False)
    return answer


def content_json(world: World, content: Content) -> dict[str, Any]:
    entities = [entity_json(world, entity) for entity in content.entities]
    if content.kind == "text":
        return {"text": content.text} | ({"entities": entities} if entities else {})
    if content.kind == "service":
        return content.details
    answer: dict[str, Any] = {content.kind: _media_json(content)}
    if content.text:
        answer["caption"] = content.text
    if entities:
        answer["caption_entities"] = entities
    return answer


def entity_json(world: World, entity: Entity) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "type": entity.type,
        "offset": entity.offset,
        "length": entity.length,
    }
    if entity.type == "text_link":
        answer["url"] = entity.url
    if entity.language:
        answer["language"] = entity.language
    if entity.user in world.people:
        answer["user"] = user_json(world, entity.user)
    return answer


def keyboard_json(keyboard: Keyboard) -> dict[str, Any]:
    return {"inline_keyboard": [[_button_json(button) for button in row] for row in keyboard]}


def file_json(file: StoredFile) -> dict[str, Any]:
    return {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": len(file.data)}


def member_json(world: World, chat: Chat, id: int) -> dict[str, Any]:
    status = chat.members.get(id, "left")
    answer: dict[str, Any] = {"user": user_json(world, id), "status": status}
    if status == "creator":
        answer["is_anonymous"] = False
    if status == "kicked":
        answer["until_date"] = 0
    if status == "restricted":
        answer |= {"is_member": True, "until_date": 0} | dict.fromkeys(_SENDING_RIGHTS, False)
    if status == "administrator":
        granted = chat.bot_rights if id == world.bot.id else frozenset(_ADMIN_RIGHTS)
        rights = {right: right in granted for right in _ADMIN_RIGHTS}
        answer |= {"can_be_edited": False, "is_anonymous": False} | rights
        answer["can_manage_chat"] = True
    return answer


def membership_json(
    world: World, chat: Chat, actor: Person, old: dict[str, Any], new: dict[str, Any]
) -> dict[str, Any]:
    return {
        "chat": chat_json(chat),
        "from": user_json(world, actor.id),
        "date": int(world.clock.now().timestamp()),
        "old_chat_member": old,
        "new_chat_member": new,
    }


def _media_json(content: Content) -> Any:
    file = content.file
    if file is None:
        return content.details
    if content.kind == "photo":
        return [file_json(file) | {"width": file.width, "height": file.height}]
    named = {"file_name": file.name} if content.kind == "document" else {}
    typed = {"mime_type": file.mime} if content.kind in ("document", "voice") else {}
    return file_json(file) | named | typed | content.details


def _button_json(button: Button) -> dict[str, Any]:
    if button.kind == "copy":
        return {"text": button.text, "copy_text": {"text": button.value}}
    return {"text": button.text, BUTTON_FIELDS[button.kind]: button.value}
