from .services import ask_reader as ask_reader, read_as_second as read_as_second
