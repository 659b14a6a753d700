"""Rows as a build gives them, made by hand: a few articles of our own, and as many generated nodes as a test wants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
BASE = "https://w3id.org/newskg/id/"


@dataclass
class SampleRows:
    """The attributes that the page reads of kg.export.rows.Rows."""

    facts: list[Row] = field(default_factory=list)
    annotations: list[Row] = field(default_factory=list)
    entities: list[Row] = field(default_factory=list)
    comparisons: list[Row] = field(default_factory=list)
    support: list[Row] = field(default_factory=list)


@dataclass
class Maker:
    """Collects rows; words are found in the sentence, so that every offset is right."""

    rows: SampleRows = field(default_factory=SampleRows)
    known: dict[str, Row] = field(default_factory=dict)

    def entity(self, label: str, kind: str, aliases: Sequence[str] = ()) -> str:
        iri = f"{BASE}{kind.lower()}/{len(self.known):05d}-{''.join(c for c in label.lower() if c.isascii() and c.isalnum())[:20]}"
        row = {
            "id": iri,
            "label": label,
            "type": kind,
            "aliases": list(aliases),
            "articles": [],
            "mentions": 1,
            "same_as": [],
        }
        self.known[label] = row
        self.rows.entities.append(row)
        return iri

    def article(
        self,
        name: str,
        title: str,
        publisher: str | None,
        published: str | None,
        sentences: Sequence[str],
        url: str | None = None,
    ) -> Article:
        text = " ".join(sentences)
        iri = f"{BASE}article/{name}"
        row: dict[str, Any] = {
            "article": iri,
            "source": f"{name}.txt",
            "title": title,
            "published": published,
            "publisher": publisher,
            "text": text,
        }
        row |= {"sentences": [], "mentions": [], "times": [], "quantities": [], "attributions": [], "facts": []}
        row |= {"url": url} if url else {}
        self.rows.annotations.append(row)
        return Article(self, row)


@dataclass
class Article:
    maker: Maker
    row: Row

    def fact(
        self,
        sentence: str,
        subject: tuple[str, str],
        predicate: str,
        object_: tuple[str | None, str],
        trigger: str | None = None,
        chain: Sequence[tuple[str, str, str]] = (),
        kind: str = "relation",
        **marks: Any,
    ) -> Row:
        """`subject`, `object_`: (entity's label, or None for a literal; words in the sentence). `chain`: (label, words, cue)."""
        start = self.row["text"].index(sentence)

        def words(text: str) -> Row:
            at = start + sentence.index(text)
            return {"start": at, "end": at + len(text), "text": text}

        def end(label: str | None, text: str) -> Row:
            if label is None:
                return {"id": None, "label": text, "type": "string", "aliases": [], "mention": words(text)}
            known = self.maker.known[label]
            return {key: known[key] for key in ("id", "label", "type")} | {"aliases": [], "mention": words(text)}

        sources = [
            {
                "level": level,
                "id": self._source(label),
                "label": label,
                "cue": cue,
                "stance": "neutral",
                "mention": words(text),
            }
            for level, (label, text, cue) in enumerate(chain)
        ]
        ultimate = (
            [sources[-1]["id"]]
            if sources
            else [self._source(self.row["publisher"]) if self.row["publisher"] else self.row["article"]]
        )
        row = {
            "id": f"{self.row['article']}#st={len(self.maker.rows.facts):012x}",
            "key": f"{subject[0]}|{predicate}|{object_[0]}",
            "kind": kind,
            **{key: self.row[key] for key in ("article", "source", "published", "publisher")},
            "predicate": predicate,
            "event": None,
            "event_type": None,
            "subject": end(*subject),
            "object": end(*object_),
            "trigger": words(trigger) if trigger else None,
            "roles": [],
            "polarity": "positive",
            "certainty": "certain",
            "tense": "past",
            "voice": "reported" if sources else "article",
            "asserted": kind != "quantity",
            "attribution": sources,
            "ultimate_sources": ultimate,
            "quantity": None,
            "time": None,
            "place": None,
            "confidence": 0.82,
            "extractor": f"frames:{predicate}",
            "evidence": words(sentence),
        } | marks
        self.maker.rows.facts.append(row)
        return row

    def _source(self, label: str) -> str:
        known = self.maker.known.get(label)
        return known["id"] if known else f"{BASE}source/{label}"

    def figure(
        self,
        sentence: str,
        counted: str,
        words: str,
        measure: str,
        chain: Sequence[tuple[str, str, str]] = (),
        **values: Any,
    ) -> Row:
        """A claim of a number; `values`: value, min, max, comparator."""
        quantity = {
            "value": None,
            "min": None,
            "max": None,
            "comparator": "=",
            "measure": measure,
            "unit": None,
        } | values
        known = self.maker.known[counted]
        row = self.fact(sentence, (counted, counted), "hasCount", (None, words), None, chain, "quantity")
        quantity |= {
            "counted": {"id": known["id"], "label": counted},
            "as_of": None,
            "asserted_at": None,
            "mention": row["object"]["mention"],
        }
        row["quantity"] = quantity
        return row


def compare(maker: Maker, group: str, kind: str, left: Row, right: Row) -> None:
    pair = (left, right)
    maker.rows.comparisons.append(
        {
            "id": f"{BASE}comparison/{len(maker.rows.comparisons)}",
            "group": group,
            "kind": kind,
            "measure": left["quantity"]["measure"],
            "counted": left["quantity"]["counted"],
            "event": None,
            "claims": [row["id"] for row in pair],
            "values": [row["quantity"]["mention"]["text"] for row in pair],
            "sources": [row["ultimate_sources"] for row in pair],
            "articles": [row["article"] for row in pair],
        }
    )


def harbour() -> SampleRows:
    """Three outlets on a strike in a harbour town: honours, a letter, a denial, a plan, differing figures, quotations."""
    maker = Maker()
    for label, kind, aliases in (
        ("Ana Duarte", "Person", ["Duarte", "the mayor"]),
        ("Łukasz Żółkiewski", "Person", ["Zolkiewski"]),
        ("Jonas Keller", "Person", ["Keller"]),
        ("Norwegian dockers", "Group", ["dockers"]),
        ("Norway", "Country", ["Oslo"]),
        ("Sweden", "Country", []),
        ("Bergen", "City", []),
        ("Fjord Lines", "Company", ["the line"]),
        ("Coastal Party", "PoliticalParty", []),
        ("Nordic Wire", "MediaOrganization", ["NW"]),
        ("The Bergen Courier", "MediaOrganization", []),
        ("Skagerrak Post", "MediaOrganization", []),
        ("Medal of the Quay", "Award", []),
        ("harbour strike", "Conflict", []),
        ("mayor of Bergen", "Role", []),
        ("harbour police", "GovernmentBody", []),
    ):
        maker.entity(label, kind, aliases)
    _courier(maker)
    _post(maker)
    _wire(maker)
    figures = [row for row in maker.rows.facts if row["kind"] == "quantity"]
    for n, left in enumerate(figures):
        for right in figures[n + 1 :]:
            same = left["quantity"]["value"] == right["quantity"]["value"]
            compare(maker, "injured|Norwegian dockers", "differentSource" if same else "conflict", left, right)
    maker.rows.support = list(support(maker.rows))
    return maker.rows


def posts() -> SampleRows:
    """Three with one post, two of whom met; a figure that two sources give together, after a third."""
    maker = Maker()
    for label in ("Ana Duarte", "Jonas Keller", "Mats Lind"):
        maker.entity(label, "Person")
    maker.entity("mayor", "Role")
    maker.entity("Bergen", "City")
    maker.entity("dockers", "Group")
    hold = "Mayor Ana Duarte met Mayor Jonas Keller; Mats Lind is mayor."
    count = "The harbour police and rescuers counted 7 injured dockers, Nordic Wire wrote."
    one = maker.article("posts", "Mayors", "The Bergen Courier", "2024-05-04", [hold, count])
    for label in ("Ana Duarte", "Jonas Keller", "Mats Lind"):
        one.fact(hold, (label, label), "holdsRole", ("mayor", "mayor"), None)
    one.fact(hold, ("Ana Duarte", "Ana Duarte"), "met", ("Jonas Keller", "Jonas Keller"), "met")
    said = [("Nordic Wire", "Nordic Wire", "wrote")]
    row = one.figure(
        count, "dockers", "7", "wounded", [*said, ("harbour police", "harbour police", "counted")], value=7
    )
    row["place"] = {"id": maker.known["Bergen"]["id"], "label": "Bergen", "type": "City", "mention": row["trigger"]}
    row["attribution"].append(row["attribution"][-1] | {"id": BASE + "source/rescuers", "label": "rescuers"})
    maker.rows.support = list(support(maker.rows))
    return maker.rows


def measures() -> SampleRows:
    """Two figures in one group that count unlike things in two towns."""
    maker = Maker()
    maker.entity("dockers", "Group")
    rows = []
    for n, (measure, town) in enumerate((("killed", "Bergen"), ("wounded", "Oslo"))):
        maker.entity(town, "City")
        text = f"{n + 3} dockers were {measure} in {town}."
        one = maker.article(f"measure-{n}", f"Note {n}", "The Bergen Courier", f"2024-05-0{n + 1}", [text])
        row = one.figure(text, "dockers", str(n + 3), measure, value=n + 3)
        row["place"] = {"id": maker.known[town]["id"], "label": town, "type": "City", "mention": _in(row, town)}
        rows.append(row)
    compare(maker, "dockers", "differentScope", *rows)
    return maker.rows


def support(rows: SampleRows, copies: int = 0) -> Iterator[Row]:
    """What stands behind each asserted triple when no article copies another, or when `copies` more repeat each."""
    behind: dict[str, list[Row]] = {}
    for row in rows.facts:
        if row["asserted"]:
            behind.setdefault(row["key"], []).append(row)
    for key, facts in behind.items():
        yield {
            "key": key,
            "articles": len({fact["article"] for fact in facts}),
            "outlets": len({fact["publisher"] or fact["article"] for fact in facts}),
            "ultimate_sources": len({source for fact in facts for source in fact["ultimate_sources"]}),
            "copies": copies,
        }


def _courier(maker: Maker) -> None:
    honour = "Ana Duarte honoured Norwegian dockers with the Medal of the Quay in Bergen on 3 May."
    letter = "In a letter to Jonas Keller, Duarte thanked the head of Fjord Lines."
    count = "At least 40 Norwegian dockers were injured, the harbour police said."
    quote = "“We will rebuild the bridge,” Duarte said."
    role = "Duarte is mayor of Bergen, and Bergen lies in Norway."
    one = maker.article(
        "courier-medals",
        "Medals on the quay",
        "The Bergen Courier",
        "2024-05-04",
        [honour, letter, count, quote, role],
        "https://example.org/courier/medals",
    )
    row = one.fact(
        honour, ("Ana Duarte", "Ana Duarte"), "honored", ("Norwegian dockers", "Norwegian dockers"), "honoured"
    )
    row["time"] = {"value": "2024-05-03", "from": "2024-05-03", "to": "2024-05-03", "mention": _in(row, "3 May")}
    row["place"] = {"id": maker.known["Bergen"]["id"], "label": "Bergen", "type": "City", "mention": _in(row, "Bergen")}
    one.fact(honour, ("Ana Duarte", "Ana Duarte"), "awarded", ("Norwegian dockers", "Norwegian dockers"), "Medal")
    one.fact(letter, ("Ana Duarte", "Duarte"), "sentLetterTo", ("Jonas Keller", "Jonas Keller"), "letter")
    one.fact(letter, ("Ana Duarte", "Duarte"), "thanked", ("Jonas Keller", "Jonas Keller"), "thanked")
    one.figure(
        count,
        "Norwegian dockers",
        "At least 40",
        "wounded",
        [("harbour police", "harbour police", "said")],
        min=40,
        comparator=">=",
    )
    one.fact(quote, ("Ana Duarte", "Duarte"), "said", (None, "We will rebuild the bridge,"), "said", kind="quotation")
    one.fact(role, ("Ana Duarte", "Duarte"), "holdsRole", ("mayor of Bergen", "mayor of Bergen"), None)
    one.fact(role, ("Bergen", "Bergen"), "locatedIn", ("Norway", "Norway"), "in")


def _post(maker: Maker) -> None:
    honour = "The mayor paid tribute to the dockers, Nordic Wire reported."
    denial = "Fjord Lines did not dismiss Łukasz Żółkiewski, Keller said."
    plan = "Sweden may send aid to Norway."
    count = "Nordic Wire put the number of injured Norwegian dockers at 52."
    lead = "Keller leads Fjord Lines and met Łukasz Żółkiewski of the Coastal Party."
    one = maker.article(
        "post-strike", "Strike: what is known", "Skagerrak Post", "2024-05-06", [honour, denial, plan, count, lead]
    )
    one.fact(
        honour,
        ("Ana Duarte", "The mayor"),
        "honored",
        ("Norwegian dockers", "the dockers"),
        "tribute",
        [("Nordic Wire", "Nordic Wire", "reported")],
    )
    one.fact(
        denial,
        ("Fjord Lines", "Fjord Lines"),
        "dismissed",
        ("Łukasz Żółkiewski", "Łukasz Żółkiewski"),
        "dismiss",
        [("Jonas Keller", "Keller", "said")],
        polarity="negative",
        asserted=False,
    )
    one.fact(
        plan,
        ("Sweden", "Sweden"),
        "aided",
        ("Norway", "Norway"),
        "aid",
        certainty="possible",
        tense="future",
        asserted=False,
    )
    one.figure(count, "Norwegian dockers", "52", "wounded", [("Nordic Wire", "Nordic Wire", "put")], value=52)
    row = one.fact(lead, ("Jonas Keller", "Keller"), "leads", ("Fjord Lines", "Fjord Lines"), "leads")
    row["time"] = {"value": "2023-24", "from": "2023-12-01", "to": "2024-02-29", "mention": row["trigger"]}
    one.fact(lead, ("Łukasz Żółkiewski", "Łukasz Żółkiewski"), "met", ("Jonas Keller", "Keller"), "met")
    one.fact(lead, ("Łukasz Żółkiewski", "Łukasz Żółkiewski"), "memberOf", ("Coastal Party", "Coastal Party"), "of")


def _wire(maker: Maker) -> None:
    fight = "Norwegian dockers fought in the harbour strike against Fjord Lines, Duarte said, according to Nordic Wire."
    count = "Duarte spoke of 52 injured Norwegian dockers."
    quote = "“Nobody was dismissed,” Keller said."
    one = maker.article("undated-note", "A note without a date 😀", None, None, [fight, count, quote])
    chain = [("Nordic Wire", "Nordic Wire", "according to"), ("Ana Duarte", "Duarte", "said")]
    one.fact(
        fight,
        ("Norwegian dockers", "Norwegian dockers"),
        "foughtIn",
        ("harbour strike", "harbour strike"),
        "fought",
        chain,
    )
    one.fact(
        fight,
        ("Norwegian dockers", "Norwegian dockers"),
        "foughtAgainst",
        ("Fjord Lines", "Fjord Lines"),
        "fought",
        chain,
        asserted=False,
    )
    one.figure(count, "Norwegian dockers", "52", "wounded", [("Ana Duarte", "Duarte", "spoke of")], value=52)
    one.fact(quote, ("Jonas Keller", "Keller"), "said", (None, "Nobody was dismissed,"), "said", kind="quotation")


def _in(row: Row, text: str) -> Row:
    evidence = row["evidence"]
    at = evidence["start"] + evidence["text"].index(text)
    return {"start": at, "end": at + len(text), "text": text}


KINDS = ("Person", "Group", "Company", "Country", "City", "Weapon", "Conflict", "Role")
RELATIONS = ("met", "praised", "deployed", "supplied", "affiliatedWith", "locatedIn", "accused")


def many(count: int, links: int = 2) -> SampleRows:
    """`count` entities in villages of about forty, each with up to `links` statements to others; a fixed pattern."""
    maker = Maker()
    names = [f"{_syllables(n)} {_syllables(n * 7 + 3)}" for n in range(count)]
    names = (
        [name if names.index(name) == n else f"{name} {n}" for n, name in enumerate(names)]
        if count <= 3000
        else [f"{name} {n}" for n, name in enumerate(names)]
    )
    for n, name in enumerate(names):
        maker.entity(name, KINDS[(n * n + n // 3) % len(KINDS)])
    article = None
    for n in range(1, count):
        for link in range(links):
            village = n - n % 40
            step = (n * 2654435761 + link * 40503) % 1_000_003
            other = village + step % max(1, n - village) if n > village and (step % 11 or not village) else step % n
            sentence = f"{names[n]} {RELATIONS[step % 7]} {names[other]} on the day numbered {n}-{link}."
            if article is None or (n % 25 == 0 and link == 0):
                article = maker.article(
                    f"piece-{n:05d}",
                    f"Piece {n}",
                    f"Outlet {n % 9}",
                    f"2024-{1 + n // 25 % 12:02d}-{1 + n // 7 % 28:02d}",
                    [],
                )
            article.row["text"] += sentence + " "
            marks: dict[str, Any] = {"asserted": False, "certainty": "possible"} if step % 6 == 0 else {}
            article.fact(
                sentence,
                (names[n], names[n]),
                RELATIONS[step % 7],
                (names[other], names[other]),
                RELATIONS[step % 7],
                **marks,
            )
    return maker.rows


def _syllables(n: int) -> str:
    parts = ("ka", "lo", "mi", "ren", "ta", "vo", "sel", "dra", "bu", "ni", "or", "pel", "ga")
    return "".join(parts[(n // 13**k + k * 5) % 13] for k in range(2 + n % 2)).capitalize()


HOSTILE = (
    "<script>window.__pwned=1</script>",
    "</script><script>window.__pwned=1</script>",
    "<!--<script>window.__pwned=1",
    "]]><img src=x onerror=window.__pwned=1>",
    '<img src=x onerror="window.__pwned=1">',
    "<svg onload=window.__pwned=1>",
    '"><svg/onload=window.__pwned=1>',
    "'><iframe srcdoc='<script>parent.__pwned=1</script>'>",
    '<a href="javascript:window.__pwned=1">href</a>',
    "javascript:window.__pwned=1",
    "data:text/html,<script>window.__pwned=1</script>",
    "{{ 7*7 }}{% raw %}",
    "{{ constructor.constructor('window.__pwned=1')() }}",
    "${window.__pwned=1}",
    "`${window.__pwned=1}`",
    "\\u003cscript\\u003ewindow.__pwned=1",
    "&lt;script&gt;window.__pwned=1&lt;/script&gt;",
    "&#60;script&#62;",
    "href",
    "<style>*{display:none!important}</style>",
    "</style><script>window.__pwned=1</script>",
    "</title><script>window.__pwned=1</script>",
    "<base href=https://example.invalid/>",
    '<meta http-equiv=refresh content="0;url=https://example.invalid/">',
    "<link rel=stylesheet href=https://example.invalid/x.css>",
    "<form action=https://example.invalid/><button>x</button></form>",
    "line\u2028separator\u2029here",
    "null\u0000byte and bell\u0007",
    "right\u202eto left\u202c",
    "a\u0301\u0302\u0303\u0304 marks upon marks",
    "👩🏽‍🚀 astronaut and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "x" * 3000,
    '=HYPERLINK("https://example.invalid")',
    "a|b~c&d=e#f%25%",
    "\"quoted\" 'single' \\ backslash \n newline \t tab",
    "<https://example.invalid/> . <a> <b> <c> .",
    "%3Cscript%3Ewindow.__pwned=1%3C/script%3E",
)


def hostile() -> SampleRows:
    """Each hostile text as a title, a publisher, a name, an alias, a sentence, a source and a URL."""
    maker = Maker()
    maker.entity("Ana Duarte", "Person", HOSTILE)
    for n, text in enumerate(HOSTILE):
        maker.entity(text, KINDS[n % len(KINDS)], [text])
        sentence = f"Ana Duarte met {text} again."
        one = maker.article(
            f"hostile-{n}", text, text, "2024-05-04", [sentence], text if n % 2 else f"https://example.invalid/{text}"
        )
        one.fact(sentence, ("Ana Duarte", "Ana Duarte"), "met", (text, text), "met", [(text, text, text)])
        one.fact(sentence, ("Ana Duarte", "Ana Duarte"), "said", (None, text), "met", kind="quotation")
    return maker.rows
