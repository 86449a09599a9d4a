/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every limit, once. MU_LIMIT(NAME, value, word, unit, what, why, advice) makes MU_NAME_MOST, which the
 * code uses, and the row that `muster doctor --limits` and docs/limits.md print; MU_LIMIT_OF makes the
 * row alone, of a constant that a public header has. What a single field may hold stands in its own
 * table (`muster schema KIND --doc`). Included as often as it is needed; so it has no guard. */

/* clang-format off */
/* files that are read */
MU_LIMIT(JSON_BYTES, 64 * 1024 * 1024, "json-bytes", "B", N_("size of a JSON file"),
         N_("it is held in memory whole, with the place of every value"),
         N_("divide the file; leave out what Muster does not read"))
MU_LIMIT(JSON_VALUES, 10 * 1000 * 1000, "json-values", "1", N_("values in a JSON file"),
         N_("each takes 12 bytes beside the text"), N_("divide the file"))
MU_LIMIT(JSON_DEPTH, 64, "json-depth", "1", N_("lists and objects within each other"),
         N_("no kind of file needs a tenth of it, and each level takes stack"), N_("flatten the file"))
MU_LIMIT(FILE_IN_BYTES, 64 * 1024 * 1024, "text-bytes", "B",
         N_("size of a text: CSV, WKT, the file of a session"), N_("it is held in memory whole"),
         N_("divide the file"))
MU_LIMIT(LOG_LINE, 65536, "log-line", "B", N_("length of a line of log.jsonl"),
         N_("a line is a record of a few names; without an end it would fill the memory"),
         N_("give a log that muster wrote"))
MU_LIMIT(LOG_BYTES, 1024 * 1024 * 1024, "log-bytes", "B", N_("size of a log.jsonl that is compared with another"),
         N_("both are held in memory, three times over"), N_("compare runs with a shorter horizon_s"))
MU_LIMIT(REPLAY_BYTES, 1024 * 1024 * 1024, "replay-bytes", "B", N_("size of a recording"),
         N_("it is held in memory whole"), N_("record fewer pictures a second, or a shorter time"))
MU_LIMIT(SHEET_ROWS, 100000, "sheet-rows", "1", N_("rows of a spreadsheet"),
         N_("each cell is a text of its own in memory"), N_("divide the sheet"))
MU_LIMIT(SHEET_COLUMNS, 1000, "sheet-columns", "1", N_("cells in a row of a spreadsheet"),
         N_("no sheet of ours has a tenth of it"), N_("delete columns to the right of those that are used"))
MU_LIMIT(SHEET_UNPACKED, 256 * 1024 * 1024, "sheet-unpacked", "B", N_("size of an unpacked workbook"),
         N_("a few kilobytes of .xlsx can unpack to more than there is memory for"),
         N_("save it as CSV (UTF-8) and give that"))
MU_LIMIT(DRAWING_BYTES, 512 * 1024 * 1024, "drawing-bytes", "B", N_("size of a drawing (DXF, OSM, GeoJSON, …)"),
         N_("the library that reads it holds it in memory several times"),
         N_("save only the levels and layers that are needed"))
MU_LIMIT(DRAWING_SHAPES, 200000, "drawing-shapes", "1",
         N_("shapes taken from a drawing, its blocks written out"),
         N_("rooms are found by comparing shapes with their neighbours"),
         N_("choose layers with --layer, or save one building at a time"))
MU_LIMIT(DRAWING_CROSSINGS, 2000000, "drawing-crossings", "1",
         N_("pairs of lines in a drawing that may cross: their boxes meet"),
         N_("all are cut at each other, and each cut may close another area"),
         N_("choose layers with --layer, without hatching"))
MU_LIMIT(DRAWING_FEATURES, 5000000, "drawing-features", "1",
         N_("features looked at in a drawing, its blocks written out"),
         N_("blocks within blocks can stand for more than there is time for"),
         N_("write out or delete nested blocks, or save one building at a time"))
MU_LIMIT_OF(PICTURE_BYTES, MU_PICTURE_BYTES_MOST, "picture-bytes", "B", N_("size of a picture under the plan"),
         N_("it is read whole"), N_("save it smaller"))
MU_LIMIT_OF(PICTURE_PIXELS, MU_PICTURE_PIXELS_MOST, "picture-pixels", "px", N_("pixels of a picture under the plan"),
         N_("each takes 4 bytes, several times over while it is read"), N_("save it smaller"))
/* what a file says */
MU_LIMIT(FIELD_WORD, 80, "id-length", "B", N_("length of an id or a word"),
         N_("messages and tables show them whole"), N_("shorten it; the name that people read can be longer"))
MU_LIMIT(FIELD_STRING, 4000, "text-length", "1", N_("characters of a text"),
         N_("a page and a half; pages are laid out around it"), N_("shorten it"))
MU_LIMIT(FIELD_ITEMS, 100000, "list-length", "1", N_("items of a list that has no limit of its own"),
         N_("each is a record in memory"), N_("divide the file"))
MU_LIMIT(FIELD_COORDINATE, 10000000, "coordinate", "m", N_("distance of a coordinate from zero"),
         N_("a millimetre must still count in the sums made of it"), N_("move the drawing to its own zero"))
MU_LIMIT(RING_VERTICES, 10000, "ring-vertices", "1", N_("corners of an outline"),
         N_("walls are cut, and lines of sight asked, corner by corner"),
         N_("simplify the outline: corners a centimetre apart change nothing"))
/* sites */
MU_LIMIT(LEVELS, 500, "levels", "1", N_("levels of a site"), N_("pictures and papers are made level by level"),
         N_("divide the site into parts"))
MU_LIMIT(SPACES, 20000, "spaces", "1", N_("spaces of a site"), N_("each is compared with each for overlaps"),
         N_("divide the site into parts"))
MU_LIMIT(PORTALS, 50000, "portals", "1", N_("portals of a site"), N_("each has a walking-distance field on both sides"),
         N_("divide the site into parts"))
MU_LIMIT(SITE_VALUES, 250 * 1000 * 1000, "site-values", "1",
         N_("places of all spaces times their portals: the values of all walking-distance fields"),
         N_("each takes 8 bytes"),
         N_("divide the site into parts, or leave out grounds where nobody walks"))
MU_LIMIT(LIFTS, 256, "lifts", "1", N_("lifts of a site"), N_("a table of them is looked through"), N_("join lifts that stand together"))
MU_LIMIT(LIFT_CARS, 64, "lift-levels", "1", N_("levels that one lift serves"), N_("its calls are kept as 64 bits"),
         N_("make it two lifts, one above the other"))
MU_LIMIT(AIR_ZONES, 64, "air-zones", "1", N_("air zones of a site"), N_("all are solved together"), N_("join zones that share their air"))
MU_LIMIT(AIR_FLOWS, 256, "air-flows", "1", N_("flows of air between zones"), N_("all are solved together"), N_("join zones that share their air"))
MU_LIMIT(ASSEMBLY, 32, "assembly-points", "1", N_("assembly points of a site"),
         N_("where somebody may go is kept as 32 bits"), N_("join points that lie beside each other"))
MU_LIMIT(SHUN_PORTALS, 16384, "shunned-portals", "1", N_("portals of a site where people can be told to keep clear of a place"),
         N_("every such order keeps a bit for each"), N_("divide the site into parts, or leave the order out"))
/* people, policy and playbooks */
MU_LIMIT(PEOPLE, 200000, "people", "1", N_("people of a plan, occupants and responders"),
         N_("each takes about a kilobyte in each run that goes on at the same time"),
         N_("lower a `count`; split the site into several plans if need be"))
MU_LIMIT(CLAUSES, 4096, "clauses", "1", N_("clauses of a policy with those that it is based on"),
         N_("every run keeps a verdict on each"), N_("divide the policy by departments"))
MU_LIMIT(DEMANDS, 8, "demands", "1", N_("demands of one clause"), N_("each run keeps a number for each"),
         N_("make it several clauses"))
MU_LIMIT(STEPS, 1024, "steps", "1", N_("steps of all playbooks of an incident"), N_("which of them wait is looked at after each event"),
         N_("split the incident's playbooks"))
MU_LIMIT(STEP_NEEDS, 4, "step-needs", "1", N_("kinds of equipment that one step needs"), N_("all are taken at once, or none"),
         N_("split the step"))
MU_LIMIT(CREW, 256, "crew", "1", N_("people who do one step together"), N_("they are chosen together by their ways"),
         N_("split the step"))
/* runs and studies */
MU_LIMIT(HORIZON_S, 604800, "horizon", "s", N_("time that an incident is played"), N_("seven days; what takes longer is for `muster year`"),
         N_("give a shorter horizon_s"))
MU_LIMIT(RUN_EVENTS, 2000000000, "run-events", "1", N_("events of one run"),
         N_("events are numbered in 32 bits, and a run that needs so many will not end in a working day"),
         N_("shorten horizon_s; if the plan is small, this is a fault of the program: please report it with the files"))
MU_LIMIT(INSTANT_EVENTS, 20 * 1000 * 1000, "instant-events", "1", N_("events of one run at one and the same moment"),
         N_("a hundred for each of the most people; more means that time stands still"),
         N_("look for steps that start each other without taking any time"))
MU_LIMIT(LOG_RECORDS, 50 * 1000 * 1000, "log-records", "1", N_("records in the log of one run"),
         N_("each takes 32 bytes, and the report reads all"),
         N_("shorten horizon_s; look for steps that repeat without end"))
MU_LIMIT(STUDY_REPS, 1000000, "replications", "1", N_("replications of a study, in each arm"), N_("a row is kept of each"),
         N_("a thousand runs tell a share to 3 percentage points, a hundred thousand to 0.3"))
MU_LIMIT(STUDY_ARMS, 10000, "arms", "1", N_("arms of a study"), N_("each is a plan of its own, loaded when its turn comes"),
         N_("vary fewer factors, or give them fewer levels"))
MU_LIMIT(STUDY_INCIDENTS, 16, "study-incidents", "1", N_("incidents of a study"), N_("all are held in memory"),
         N_("make it several studies"))
MU_LIMIT(JOBS, 1024, "threads", "1", N_("threads at the same time"), N_("each holds a whole run in memory"),
         N_("0 is one for each processor"))
MU_LIMIT(SHOW_TIMES, 1000, "pictures", "1", N_("pictures of a run that are written at once"), N_("each is a file"),
         N_("use a longer --every, or --movie"))
MU_LIMIT(MEMORY_SHARE, 90, "memory", "%", N_("memory that the program takes, of what is free when it starts"),
         N_("beyond it the machine would begin to swap, and nothing would end"),
         N_("run fewer jobs at the same time, or divide the site"))
/* on the screen */
MU_LIMIT_OF(BRANCHES, MU_BRANCHES_MOST, "branches", "1", N_("branches of a tabletop session"),
            N_("each is a whole run in memory, and a table shows them side by side"),
            N_("close the session and begin one from the moment that is wanted"))
MU_LIMIT(PAPERS, 40, "editor-files", "1", N_("files open in the editor at the same time"), N_("each is checked as one types"),
         N_("open one incident at a time"))
MU_LIMIT_OF(EDITOR_RING, MU_RING_MOST, "drawn-corners", "1", N_("corners of an outline drawn by hand"),
            N_("each has a grip on the screen"), N_("close the outline, and draw the rest as another space"))
MU_LIMIT_OF(TEMPLATE_FLOORS, MU_TEMPLATE_FLOORS_MOST, "template-floors", "1", N_("floors of a building made from a template"),
            N_("templates are for beginning with"), N_("copy floors in the editor"))
MU_LIMIT_OF(TEMPLATE_PERSONS, MU_TEMPLATE_PERSONS_MOST, "template-people", "1", N_("people of a building made from a template"),
            N_("templates are for beginning with"), N_("change the counts in the roster"))
/* clang-format on */
