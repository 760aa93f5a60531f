"""The places a hospital may be in: every state, the District of Columbia, the territories."""

from bedside.rules.vocabulary.problem import Text

_SAME = {
    "al": "Alabama", "ak": "Alaska", "az": "Arizona", "ar": "Arkansas", "ca": "California",
    "co": "Colorado", "ct": "Connecticut", "de": "Delaware", "fl": "Florida", "ga": "Georgia",
    "id": "Idaho", "il": "Illinois", "in": "Indiana", "ia": "Iowa", "ks": "Kansas",
    "ky": "Kentucky", "me": "Maine", "md": "Maryland", "ma": "Massachusetts", "mn": "Minnesota",
    "mt": "Montana", "ne": "Nebraska", "nv": "Nevada", "oh": "Ohio", "ok": "Oklahoma",
    "ut": "Utah", "vt": "Vermont", "va": "Virginia", "wa": "Washington", "wi": "Wisconsin",
    "wy": "Wyoming", "gu": "Guam", "pr": "Puerto Rico", "tx": "Texas", "tn": "Tennessee",
}  # fmt: skip
_OWN = {
    "hi": ("Hawaii", "Hawái"),
    "la": ("Louisiana", "Luisiana"),
    "mi": ("Michigan", "Míchigan"),
    "ms": ("Mississippi", "Misisipi"),
    "mo": ("Missouri", "Misuri"),
    "nh": ("New Hampshire", "Nuevo Hampshire"),
    "nj": ("New Jersey", "Nueva Jersey"),
    "nm": ("New Mexico", "Nuevo México"),
    "ny": ("New York", "Nueva York"),
    "nc": ("North Carolina", "Carolina del Norte"),
    "nd": ("North Dakota", "Dakota del Norte"),
    "or": ("Oregon", "Oregón"),
    "pa": ("Pennsylvania", "Pensilvania"),
    "ri": ("Rhode Island", "Rhode Island"),
    "sc": ("South Carolina", "Carolina del Sur"),
    "sd": ("South Dakota", "Dakota del Sur"),
    "wv": ("West Virginia", "Virginia Occidental"),
    "dc": ("District of Columbia", "Distrito de Columbia"),
    "as": ("American Samoa", "Samoa Americana"),
    "mp": ("Northern Mariana Islands", "Islas Marianas del Norte"),
    "vi": ("US Virgin Islands", "Islas Vírgenes de EE. UU."),
}
_NAMES = {code: (name, name) for code, name in _SAME.items()} | _OWN
STATES = {
    f"us/{code}": Text(en=en, es=es)
    for code, (en, es) in sorted(_NAMES.items(), key=lambda entry: entry[1])
}
