#!/usr/bin/env python3
"""Writes a synthetic handbook for prepbook, or the same pages for another generator.

    corpus.py prepbook|hugo|mdbook COUNT FOLDER

A question depends on its number alone, so every tool gets the same words: a story in five parts of about 200 words,
every fourth with ten lines of code, three follow-ups, two traps, links to a theme, companies and two neighbours.
"""
import json
import os
import random
import sys

THEMES = "conflict ownership failure leadership ambiguity delivery growth customer depth".split()
COMPANIES = "northwind lumen orchard kite harbour basalt tern meadow".split()
PARTS = "situation task action result lesson".split()
THINGS = ("capacity plan;access model;search ranking;release train;billing import;error budget;on-call rota;"
          "data contract;feature flag;backfill;review queue;latency alarm").split(";")
DEEDS = ("measured it before anybody argued;wrote the options on one page;asked the two people who disagreed;"
         "cut the scope to what the date allowed;paired with a new colleague;ran the change for a tenth of the traffic;"
         "said what would *not* be done;wrote the **rollback** before the rollout;put a number on the cost of waiting;"
         "took the question to the customer").split(";")
WHY = ("because an argument about opinions would have cost us the week;so that the knowledge did not end with me;"
       "although nobody had assigned it;since the first sign had been there for a month;"
       "and it held for the next two quarters;which was slower on the day and faster over the year").split(";")
CODE = {
    "python": "def weight(rows):\n    total = 0\n    for row in rows:\n        if row.seen > {0}:\n            total += row.cost\n    return total / {1}\n",
    "rust": "fn weight(rows: &[Row]) -> u32 {{\n    rows.iter()\n        .filter(|row| row.seen > {0})\n        .map(|row| row.cost / {1})\n        .sum()\n}}\n",
    "yaml": "alarm:\n  name: weight\n  above: {0}\n  minutes: {1}\n  tell: [owner, rota]\n",
}


class Question:
    def __init__(self, number, count):
        rng = random.Random(number)
        thing = lambda: rng.choice(THINGS)
        figure = lambda: rng.randint(3, 900)
        self.id = f"q{number:06}"
        self.title = f"Tell me about the time you {rng.choice(DEEDS).replace('*', '')} for {thing()} {figure()}"
        self.theme = THEMES[number * len(THEMES) // count]
        self.companies = rng.sample(COMPANIES, rng.randint(0, 3))
        self.related = sorted({f"q{(number + step) % count:06}" for step in (1, 7)} - {self.id})
        story = lambda sentences: " ".join(
            f"The {thing()} had cost us {figure()} hours, so I {rng.choice(DEEDS)}, {rng.choice(WHY)}." for _ in range(sentences))
        self.evaluates = story(2)
        self.parts = {part: story(sentences) for part, sentences in zip(PARTS, (2, 1, 3, 2, 1))}
        self.parts["action"] += "\n\n" + "".join(f"- {rng.choice(DEEDS)}\n" for _ in range(4))
        if number % 4 == 0:
            language = rng.choice(sorted(CODE))
            self.parts["action"] += f"\n```{language}\n{CODE[language].format(figure(), figure())}```\n"
        self.follow_ups = [f"What was the first sign that the {thing()} was at risk after {figure()} days?" for _ in range(3)]
        self.traps = [f"Choosing a {thing()} that was settled by somebody else in week {figure()}." for _ in range(2)]

    def markdown(self):
        lists = lambda title, items: f"## {title}\n\n" + "".join(f"- {item}\n" for item in items) + "\n"
        parts = "".join(f"### {part.capitalize()}\n\n{text}\n\n" for part, text in self.parts.items())
        return (f"## What it evaluates\n\n{self.evaluates}\n\n## Answer\n\n{parts}"
                + lists("Follow-ups", self.follow_ups) + lists("Traps", self.traps))


def put(folder, path, text):
    full = os.path.join(folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)


def block(text, indent):
    """A block scalar's lines."""
    return "|\n" + "".join(f"{' ' * indent}{line}\n" if line else "\n" for line in text.rstrip("\n").split("\n"))


def prepbook(questions, out):
    put(out, "content/handbook.yaml", "format: 1\ntitle: Benchmark\ndescription: Synthetic questions.\nbase_url: https://example.org/\n")
    seconds = lambda part: 60 if part == "action" else 15
    shape = "".join(f"  - {{id: {part}, title: {part.capitalize()}, seconds: {seconds(part)}, instruction: Say it.}}\n" for part in PARTS)
    put(out, "content/frameworks/starl.yaml", f"title: STARL\nuse_when: A story is asked for.\nparts:\n{shape}")
    for order, theme in enumerate(THEMES):
        put(out, f"content/themes/{theme}.yaml", f"title: {theme.capitalize()}\norder: {order + 1}\nsummary: It asks about {theme}.\n"
            f"evaluates: [You know {theme}.]\npreparation: [Prepare one story.]\n")
    for order, company in enumerate(COMPANIES):
        put(out, f"content/companies/{company}.yaml", f"title: {company.capitalize()}\norder: {order + 1}\nframework_name: Values\n"
            "summary: It writes much down.\nlistens_for: [You own the outcome.]\nprepare: [Bring numbers.]\n")
    for one in questions:
        parts = "".join(f"      {part}: {block(text, 8)}" for part, text in one.parts.items())
        put(out, f"content/questions/{one.id}.yaml", f"title: {json.dumps(one.title)}\ntheme: {one.theme}\nevaluates:\n  - {block(one.evaluates, 4)}"
            f"answers:\n  - id: model\n    framework: starl\n    parts:\n{parts}follow_ups:\n"
            + "".join(f"  - ask: {json.dumps(ask)}\n    handle: Answer with one fact and its source.\n" for ask in one.follow_ups)
            + "traps:\n" + "".join(f"  - trap: {json.dumps(trap)}\n    instead: Say it in one sentence.\n" for trap in one.traps)
            + ("companies:\n" + "".join(f"  - company: {company}\n" for company in one.companies) if one.companies else "")
            + f"related: [{', '.join(one.related)}]\nframeworks: [starl]\n")


HUGO = {
    "baseof": '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><nav><a href="/questions/">'
              'Questions</a></nav><main>{{ block "main" . }}{{ end }}</main></body></html>\n',
    "page": '{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ range .Params.companies }}<a href="/companies/{{ . }}/">{{ . }}</a> {{ end }}</p>{{ .Content }}'
            '<ul>{{ range .Params.related }}{{ with site.GetPage . }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}{{ end }}</ul>'
            '{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}{{ end }}\n',
    "section": '{{ define "main" }}<table>{{ range .RegularPages }}<tr><td><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></td><td>{{ index .Params.themes 0 }}</td></tr>{{ end }}</table>{{ end }}\n',
}
for kind in ("home", "taxonomy", "term"):
    HUGO[kind] = '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul>{{ end }}\n'


def hugo(questions, out):
    put(out, "hugo.toml", 'baseURL = "https://example.org/"\ntitle = "Benchmark"\ndisableKinds = ["RSS", "404"]\n[taxonomies]\ntheme = "themes"\n'
        'company = "companies"\n[markup.highlight]\nnoClasses = false\n')
    for name, text in HUGO.items():
        put(out, f"layouts/{name}.html", text)
    for order, one in enumerate(questions):
        head = {"title": one.title, "weight": order + 1, "themes": [one.theme], "companies": one.companies,
                "related": [f"/questions/{other}" for other in one.related]}
        put(out, f"content/questions/{one.id}.md", json.dumps(head) + "\n\n" + one.markdown())


def mdbook(questions, out):
    put(out, "book.toml", '[book]\ntitle = "Benchmark"\n[output.html.print]\nenable = false\n')
    chapters = "".join(f"- [{one.title}](questions/{one.id}.md)\n" for one in questions)
    put(out, "src/SUMMARY.md", f"# Summary\n\n{chapters}")
    for one in questions:
        related = "".join(f"- [{other}]({other}.md)\n" for other in one.related)
        put(out, f"src/questions/{one.id}.md", f"# {one.title}\n\n{one.markdown()}## Related\n\n{related}")


if __name__ == "__main__":
    tool, count, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    {"prepbook": prepbook, "hugo": hugo, "mdbook": mdbook}[tool]([Question(number, count) for number in range(count)], folder)
