"""Cuts the theme's fonts out of the complete upstream files. Run by subset.sh: subset.py PACKAGES OUT.

Kept: Latin-1, Latin Extended-A, the common part of General Punctuation, arrows and signs the theme uses;
features kern, liga, case, tnum, lnum. Digits of both families are tabular and lining to begin with, so upstream
has no tnum or lnum substitution for them: the two features hold without a table entry.

Changed against upstream, to fit the budget of 45 kB for the first three files:
- no hinting, no glyph names, no BASE, GDEF, STAT; unused name entries dropped;
- kerning written as one class table, values rounded to 4 units (of 1000) and those below 5 dropped;
- serif: "case" for punctuation only (its capital-height digits are left out), and no kerning for those forms.
The outlines are upstream's. The serif is the variable font fixed at weight 500, optical size 20.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables import otTables as ot
from fontTools.ttLib.tables.otBase import ValueRecord
from fontTools.ttLib.tables.ttProgram import Program
from fontTools.ttLib.woff2 import WOFF2FlavorData
from fontTools.varLib import instancer

LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x180)}
PUNCTUATION = {
    *range(0x2002, 0x200C),  # spaces
    *range(0x2010, 0x2016),  # hyphens and dashes
    *range(0x2018, 0x201F),  # quotes
    *map(ord, "†‡•…‰′″‹›⁄"),
    0x202F,
}
SIGNS = set(map(ord, "→←↑↓≥≤≠≈−×✓✕✗●○◉€™"))
WANTED = LATIN | PUNCTUATION | SIGNS
FEATURES = ["kern", "liga", "case", "tnum", "lnum"]

# What upstream does not draw. Anything else that is missing is an error.
LACKING_SANS = {0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2008, 0x2715}
LACKING_SERIF = {0x2008, 0x201B, 0x2715, 0x2717, 0x25CB, 0x25CF, *map(ord, "ĬĭĲĳŦŧ")}

KERN_STEP = 4
KERN_LEAST = 5

# file, upstream, family, style, style-linked to its family, place on the design axes, lacking, byte budget
FONTS = [
    ("prepbook-sans-400", "source-sans/TTF/SourceSans3-Regular.ttf", "Sans", "Regular", True, None, LACKING_SANS, 16_000),
    ("prepbook-sans-600", "source-sans/TTF/SourceSans3-Semibold.ttf", "Sans", "Semibold", False, None, LACKING_SANS, 16_000),
    ("prepbook-serif-500", "source-serif/VAR/SourceSerif4Variable-Roman.ttf", "Serif", "Medium", False, {"wght": 500, "opsz": 20}, LACKING_SERIF, 20_000),
]
FIRST_VIEW = ["prepbook-sans-400", "prepbook-sans-600", "prepbook-serif-500"]
FIRST_VIEW_BUDGET = 45_000
# What pictures are lettered in; nobody downloads these.
IN_PICTURES = ["prepbook-sans-600", "prepbook-serif-500"]


def cut(font):
    """Drops every glyph, feature and table that is not needed."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 5, 13, 14]
    options.name_languages = [0x409]
    options.drop_tables += ["BASE", "DSIG", "STAT"]
    options.harfbuzz_repacker = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=WANTED)
    subsetter.subset(font)


def single_substitutions(font, tag):
    """The one-to-one substitutions of a feature, as the subtables' own dictionaries."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == tag
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(lookups):
        for entry in table.LookupList.Lookup[index].SubTable:
            entry = getattr(entry, "ExtSubTable", entry)
            if isinstance(entry, ot.SingleSubst):
                yield entry.mapping


def drop_capital_digits(font):
    """Takes the digits out of "case" before the cut, so that their taller forms are not pulled in."""
    digits = {font.getBestCmap()[code] for code in range(0x30, 0x3A)}
    for mapping in single_substitutions(font, "case"):
        for digit in digits & mapping.keys():
            del mapping[digit]


def pair_values(lookup, glyphs):
    """The advance change of every pair, as a shaper reads it: the first subtable that knows the pair."""
    values = {}
    for left in glyphs:
        found = {}
        for entry in lookup.SubTable:
            entry = getattr(entry, "ExtSubTable", entry)
            if left not in entry.Coverage.glyphs:
                continue
            if entry.Format == 1:
                for pair in entry.PairSet[entry.Coverage.glyphs.index(left)].PairValueRecord:
                    found.setdefault(pair.SecondGlyph, advance(pair.Value1))
            else:
                row = entry.Class1Record[entry.ClassDef1.classDefs.get(left, 0)].Class2Record
                for right in glyphs:
                    found.setdefault(right, advance(row[entry.ClassDef2.classDefs.get(right, 0)].Value1))
                break  # a class table answers for every right glyph
        values.update({(left, right): value for right, value in found.items()})
    return values


def advance(value):
    return getattr(value, "XAdvance", 0) if value else 0


def compact_kerning(font, left_out):
    """Writes the pair kerning as one class table over equal rows and columns: far smaller once compressed."""
    glyphs = font.getGlyphOrder()
    lookups = [l for l in font["GPOS"].table.LookupList.Lookup if isinstance(bare(l), ot.PairPos)]
    assert len(lookups) == 1, "upstream's kerning is one lookup"
    values = {
        pair: round(value / KERN_STEP) * KERN_STEP
        for pair, value in pair_values(lookups[0], glyphs).items()
        if abs(value) >= KERN_LEAST and not left_out & set(pair)
    }
    by_left, by_right = {}, {}
    for (left, right), value in values.items():
        by_left.setdefault(left, {})[right] = value
        by_right.setdefault(right, {})[left] = value
    rows, columns = classes(glyphs, by_left), classes(glyphs, by_right)

    table = ot.PairPos()
    table.Format = 2
    table.ValueFormat1, table.ValueFormat2 = 4, 0  # the advance only
    table.Coverage = ot.Coverage()
    table.Coverage.glyphs = [glyph for glyph in glyphs if glyph in by_left]
    table.ClassDef1, table.ClassDef2 = ot.ClassDef(), ot.ClassDef()
    table.ClassDef1.classDefs = {glyph: number for number, row in enumerate(rows) if number for glyph in row}
    table.ClassDef2.classDefs = {glyph: number for number, column in enumerate(columns, 1) for glyph in column}
    table.Class1Count, table.Class2Count = len(rows), len(columns) + 1
    table.Class1Record = []
    for row in rows:
        record = ot.Class1Record()
        record.Class2Record = [cell(0)] + [cell(values.get((row[0], column[0]), 0)) for column in columns]
        table.Class1Record.append(record)
    lookups[0].LookupType = 2
    lookups[0].SubTable, lookups[0].SubTableCount = [table], 1


def bare(lookup):
    return getattr(lookup.SubTable[0], "ExtSubTable", lookup.SubTable[0])


def classes(glyphs, lines):
    """Glyphs with the same kerning, in glyph order."""
    groups = {}
    for glyph in glyphs:
        if glyph in lines:
            groups.setdefault(tuple(sorted(lines[glyph].items())), []).append(glyph)
    return list(groups.values())


def cell(value):
    record = ot.Class2Record()
    record.Value1, record.Value2 = ValueRecord(4), None
    record.Value1.XAdvance = value
    return record


def rename(font, family, style, linked):
    """Own names throughout; copyright and licence stay."""
    table = font["name"]
    family = f"Prepbook {family}"
    version = table.getDebugName(5).split(";")[0]
    names = {
        0: table.getDebugName(0),
        1: family if linked else f"{family} {style}",
        2: style if linked else "Regular",
        3: f"{version.removeprefix('Version ')};{family} {style}",
        4: f"{family} {style}",
        5: version,
        6: f"{family} {style}".replace(" ", "", 1).replace(" ", "-"),
        13: "SIL Open Font License, Version 1.1",
        14: table.getDebugName(14),
    }
    if not linked:
        names |= {16: family, 17: style}
    table.names = []
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].achVendID = "    "
    # Upstream leaves these empty in its semibold.
    font["OS/2"].fsSelection = 0x40
    font["head"].macStyle = 0


def unhinted(font):
    """Smooth at every size, with dropout control: what an unhinted font should say of itself."""
    font["gasp"] = newTable("gasp")
    font["gasp"].version, font["gasp"].gaspRange = 1, {0xFFFF: 0x000F}
    font["prep"] = newTable("prep")
    font["prep"].program = Program()
    font["prep"].program.fromBytecode(b"\xb8\x01\xff\x85\xb0\x04\x8d")
    font["maxp"].maxStackElements = max(1, font["maxp"].maxStackElements)


def build(path, family, style, linked, place):
    font = TTFont(path, recalcTimestamp=False)
    if family == "Serif":
        drop_capital_digits(font)
    cut(font)
    if place:
        font = instancer.instantiateVariableFont(font, place)
    capital = {glyph for mapping in single_substitutions(font, "case") for glyph in mapping.values()}
    compact_kerning(font, capital if family == "Serif" else set())
    del font["GDEF"]  # only told marks apart, and none is left
    for table in font["cmap"].tables:  # the no-break hyphen, where upstream leaves it to the shaper
        table.cmap.setdefault(0x2011, table.cmap[0x2010])
    rename(font, family, style, linked)
    unhinted(font)
    font.flavor = "woff2"
    font.flavorData = WOFF2FlavorData(transformedTables=["glyf", "loca", "hmtx"])
    return font


def check(path, lacking, budget):
    """Fails if the file breaks the licence, the character list, the features or the size."""
    font = TTFont(path)
    for record in font["name"].names:
        assert record.nameID in (0, 7) or "source" not in record.toUnicode().lower(), record.toUnicode()
    assert "Source" in font["name"].getDebugName(0), "the copyright line is gone"
    cmap = font.getBestCmap()
    assert set(cmap) == WANTED - lacking, sorted(map(hex, set(cmap) ^ (WANTED - lacking)))
    assert len({font["hmtx"][cmap[code]][0] for code in range(0x30, 0x3A)}) == 1, "the digits are not tabular"
    features = {r.FeatureTag for t in ("GSUB", "GPOS") for r in font[t].table.FeatureList.FeatureRecord}
    assert {"kern", "liga", "case"} <= features, features
    assert "fvar" not in font and "fpgm" not in font
    size = path.stat().st_size
    assert size <= budget, f"{path.name}: {size} bytes"
    return size


def main(packages, out):
    sizes = {}
    for file, source, family, style, linked, place, lacking, budget in FONTS:
        path = out / f"{file}.woff2"
        build(packages / source, family, style, linked, place).save(path)
        sizes[file] = check(path, lacking, budget)
        print(f"{sizes[file]:6} {path.name}")
        if file in IN_PICTURES:
            font = TTFont(path, recalcTimestamp=False)
            font.flavor = None
            font.save(path.with_suffix(".ttf"))
    total = sum(sizes[file] for file in FIRST_VIEW)
    print(f"{total:6} first view")
    assert total <= FIRST_VIEW_BUDGET


main(Path(sys.argv[1]), Path(sys.argv[2]))
