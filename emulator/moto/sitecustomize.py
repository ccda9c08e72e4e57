"""Python reads this before it starts moto: what takes much of moto's time is done another way, with the same results."""

import base64
import functools
import gc

VERSION = "5.2.1"


def list_modules_once(backends):
    """Moto lists and examines its own folder with each request."""
    modules = frozenset(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: modules


def list_methods_once(responses):
    """Moto examines the whole class with each request."""
    responses.method_names_from_class = functools.cache(responses.method_names_from_class)


def serialize_attributes_whole(serializer):
    """Moto looks for each of the ten members that an attribute of DynamoDB may have, under each of the names that it may have."""
    serialize_structure = serializer._serialize_type_structure

    def _serialize_type_structure(self, serialized, value, shape, key):
        of_dynamodb = shape.name == "AttributeValue" and self.service_model.service_name == "dynamodb"
        if of_dynamodb and key and isinstance(value, dict):
            serialized[self.get_serialized_name(shape, key)] = plain(value)
        else:
            serialize_structure(self, serialized, value, shape, key)

    serializer._serialize_type_structure = _serialize_type_structure


def plain(value):
    """An attribute as JSON has it: as moto has it, but for bytes."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, (list, tuple, set)):
        return [plain(each) for each in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def collect_garbage_seldom():
    """Reading the models of services makes a million objects that all stay: to look for garbage among them time and again takes longer."""
    gc.set_threshold(100_000, 20, 100)


def quicken():
    collect_garbage_seldom()
    try:
        import moto
    except ImportError:
        return
    if moto.__version__ != VERSION:
        return
    import logging

    from moto import backends
    from moto.core import responses
    from moto.core.serialize import BaseJSONSerializer

    list_modules_once(backends)
    list_methods_once(responses)
    serialize_attributes_whole(BaseJSONSerializer)
    # Nobody reads what it logs of each request.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)


quicken()
