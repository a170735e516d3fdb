"""Pictures and files: Pillow, forms, and bytes that are no text."""

from workshop.advice.entry import Entry

OPEN = r"^Image\.open\("

ENTRIES = (
    Entry(
        "picture-file",
        "ValueError|OSError|FileNotFoundError",
        r"embedded null|File name too long|\\x|\\\\x",
        "`Image.open()` takes a file or a path, and was given what stands in the file.",
        "Hand over the file itself; bytes become one by `BytesIO(…)` of the module `io`.",
        part_pattern=OPEN,
    ),
    Entry(
        "picture-file",
        "AttributeError",
        r"'FileField' object has no attribute '(read|seek|tell|readline|write)'",
        "A field of a form is not yet the file: that is its `.file`.",
        "Hand over, or read, the file itself: `field.file`.",
        keep_action=True,
    ),
    Entry(
        "picture-file",
        "AttributeError",
        r"'(?:bytes|bytearray)' object has no attribute '(?:read|seek)'",
        "A file is needed here, and bytes were given.",
        "Bytes become a file by `BytesIO(…)` of the module `io`.",
        keep_action=True,
    ),
    Entry(
        "picture-format",
        "ValueError|KeyError",
        r"unknown file extension",
        "`.save()` takes the format from the name of the file, and this one has none that it"
        " knows.",
        'Say it: `.save(file, "WEBP")`.',
    ),
    Entry(
        "null-in-path",
        "ValueError",
        r"embedded null",
        "`{function}()` takes the name of a file, and was given bytes or text that is none.",
        "Is that what stands in the file, or what came from a client?",
    ),
    Entry(
        "no-text",
        "UnicodeDecodeError",
        r"^'([\w-]+)' codec can't decode byte (0x\w+)",
        "The body that came is no text in {0}: it has the byte {1} in it, as pictures have.",
        "Bytes are read by `.read()`, a form with files by `await request.post()`."
        " Where only text is taken, catch UnicodeDecodeError; a server refuses with a 400.",
        part_pattern=r"\.(?:text|json)\([^()]*\)$",
    ),
    Entry(
        "no-text",
        "UnicodeDecodeError",
        r"^'([\w-]+)' codec can't decode byte (0x\w+)",
        "This file is no text in {0}: it has the byte {1} in it.",
        'Read bytes, by `.read_bytes()` or `open(…, "rb")`; of text in another encoding say which,'
        " `encoding=…`.",
        part_pattern=r"^open\(|\.(?:read_text|read|readlines?)\([^()]*\)$",
    ),
    Entry(
        "no-text",
        "UnicodeDecodeError",
        r"^'([\w-]+)' codec can't decode byte (0x\w+)",
        "These bytes are no text in {0}: the byte {1} is among them.",
        "Leave them bytes, if they are no text at all; else catch UnicodeDecodeError.",
    ),
    Entry(
        "no-text",
        "UnicodeEncodeError",
        r"^'([\w-]+)' codec can't encode",
        "{0} has no way to write some letters of this text.",
        'Write `.encode()`, which is UTF-8, or `encoding="utf-8"` where a file is opened.',
    ),
    Entry(
        "text-already",
        "AttributeError",
        r"'str' object has no attribute 'decode'",
        "This is text already; only bytes are decoded.",
        "Leave out `.decode()`.",
        keep_action=True,
    ),
    Entry(
        "text-already",
        "AttributeError",
        r"'bytes' object has no attribute 'encode'",
        "These are bytes already; only text is encoded.",
        "Leave out `.encode()`.",
        keep_action=True,
    ),
)
