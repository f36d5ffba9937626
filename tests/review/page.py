# Reads a page of `witgen diff --format html` as a browser would, and tells what is wrong with it: what a browser would
# request or run, tags that nothing on the page has a use for, ids that are there twice, links that lead nowhere, elements that are
# closed without being open. What a reader sees goes to the second file.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import sys
from html.parser import HTMLParser

TAGS = set("""html head meta title style body header h1 p code table caption thead tbody tr th td small span nav ul li a main section
              h2 h3 fieldset legend label input ol details summary del ins em footer""".split())
ATTRIBUTES = set("lang charset http-equiv content name class id href aria-label aria-labelledby aria-hidden scope type checked open".split())
OPTIONAL_END = {"p", "td", "th", "tr", "tbody", "thead", "li"}  # HTML lets these end where another element starts or ends
VOID = {"meta", "input"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.wrong, self.words = [], set(), [], [], []

    def handle_starttag(self, tag, attributes):
        if tag not in TAGS:
            self.wrong.append(f"unexpected element {tag}")
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.wrong.append(f"unexpected attribute {name} of {tag}")
            if name == "id":
                if value in self.ids:
                    self.wrong.append(f"id {value} twice")
                self.ids.add(value)
            if name == "href":
                self.links.append(value)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open[-1] != tag and self.open[-1] in OPTIONAL_END:
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"{tag} ends at {self.getpos()} but is not open")

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    def finish(self):
        for link in self.links:
            if not link.startswith("#") or link[1:] not in self.ids:
                self.wrong.append(f"link to {link} leads nowhere on the page")
        if self.open:
            self.wrong.append(f"not closed: {self.open}")


page = Page()
text = open(sys.argv[1], encoding="utf-8", errors="strict").read()
page.feed(text)
page.close()
page.finish()
policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; base-uri \'none\'; form-action \'none\'">'
if policy not in text.split("<style>")[0]:
    page.wrong.append("no policy that forbids all requests")
if "url(" in text.split("</style>")[0] or "@import" in text.split("</style>")[0]:
    page.wrong.append("the style loads something")
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write("".join(page.words))
for line in page.wrong[:20]:
    print(line)
sys.exit(bool(page.wrong))
