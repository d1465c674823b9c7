# Every target is a verb: `make VERB` is `python -m guideline VERB`. Set-up happens by itself.
PYTHON ?= python3
VERBS := $(filter-out help,$(shell sed -nE 's/^([a-z-]+): +\#\#.*/\1/p' $(firstword $(MAKEFILE_LIST))))

# Only what is typed on the command line counts: many desktops have a variable LANGUAGE of their own.
given = $(if $(filter command line,$(origin $1)),$2)
new: ARGUMENTS = $(call given,MUNICIPALITY,--municipality "$(MUNICIPALITY)") $(call given,NAME,--name "$(NAME)") $(call given,NAME_EN,--name-en "$(NAME_EN)") $(call given,ADDRESS,--address "$(ADDRESS)") $(call given,PHONE,--phone "$(PHONE)") $(call given,EMAIL,--email "$(EMAIL)") $(call given,COLOUR,--colour "$(COLOUR)") $(call given,LANGUAGE,--language $(LANGUAGE)) $(call given,YES,--yes)
check: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE)) $(call given,REPORT,--report)
site: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE)) $(if $(filter no,$(call given,PAPER,$(PAPER))),--no-paper)
handouts: ARGUMENTS = $(call given,MUNICIPALITY,--municipality $(MUNICIPALITY)) $(call given,PROGRAM,--program $(PROGRAM)) $(call given,LANGUAGE,--language $(LANGUAGE))
new-year: ARGUMENTS = $(call given,YEAR,--year $(YEAR)) $(call given,MUNICIPALITY,--municipality $(MUNICIPALITY)) $(call given,LANGUAGE,--language $(LANGUAGE)) $(if $(filter yes,$(call given,YES,$(YES))),--yes)
translations: ARGUMENTS = $(call given,CHAPTER,--chapter $(CHAPTER))
confirm: ARGUMENTS = $(call given,CHAPTER,--chapter $(CHAPTER))
due: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE)) $(call given,REPORT,--report $(REPORT))
outside: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE)) $(call given,REPORT,--report $(REPORT))
receive preview host: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE))
workbook: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE))
import: ARGUMENTS = --workbook '$(or $(call given,WORKBOOK,$(WORKBOOK)),build/programs.xlsx)' $(call given,LANGUAGE,--language $(LANGUAGE)) $(call given,YES,--yes) $(call given,REPORT,--report '$(REPORT)')
undo: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE))
upgrade: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE)) $(call given,FROM,--from "$(FROM)") $(call given,DRY_RUN,--dry-run) $(call given,YES,--yes) $(call given,SET_ASIDE,--set-aside)
migrate: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE))
edit: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE)) $(call given,PORT,--port $(PORT))
language: ARGUMENTS = --code "$(CODE)" $(call given,NAME,--name "$(NAME)") $(call given,LANGUAGE,--language $(LANGUAGE))
test: ARGUMENTS = $(call given,ONLY,--only $(ONLY))

.PHONY: help $(VERBS)

help:     ## list the verbs
	@grep -hE '^[a-z-]+: *##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+): *## */  make \1\t/' | expand -t 16

$(VERBS):
	@$(PYTHON) -m guideline $@ $(strip $(ARGUMENTS))

new:      ## make this copy a municipality's own: MUNICIPALITY=telavi; NAME, NAME_EN, ADDRESS, PHONE, EMAIL, COLOUR answer its questions, YES=1 asks none
serve:    ## build the site and show it in a browser; it follows every change
site:     ## build and check the whole site with its PDFs into site/ (nothing changes there if something is wrong); PAPER=no leaves the PDFs out
handouts: ## print PDFs into build/handouts/; MUNICIPALITY=telavi, PROGRAM=telavi/newborns, LANGUAGE=ka choose some
edition:  ## note what the sheets say today in data/editions.yaml (before printing); commit that file
new-year: ## begin a new year: YEAR=2027; the cards of the past one go into data/archive/, drafts to confirm stay; MUNICIPALITY=telavi where the copy is of many, YES=yes asks nothing
edit:     ## edit the programmes in a form, in the browser of this computer; LANGUAGE=en speaks English
check:    ## check the data and chapters; LANGUAGE=ka speaks Georgian, REPORT=1 counts free text
test:     ## run all tests; ONLY=word runs those with the word in their names
translations: ## which sections of the translations are current; CHAPTER=guideline/why for one page
confirm:  ## note that translations were compared with the Georgian of today; CHAPTER=guideline/why for one page
language: ## give the copy a further language, or list what it lacks: CODE=az NAME=Azərbaycan
bench:    ## measure builds (pages, seconds, memory, bytes) and pages on a phone (Lighthouse, where node is)
upgrade:  ## take the next version of the common repository (nothing changes if anything fails); DRY_RUN=1 only tells, FROM=address, YES=1, SET_ASIDE=1, LANGUAGE=ka
migrate:  ## bring the data into the shape that this version of the code reads (upgrade does it by itself); LANGUAGE=ka
format:   ## put code into house style and check its types
refresh:  ## make again what is made from the data: schemas, reference, sentences to review
review:   ## write a page to compare every sentence with its source
lock:     ## resolve and pin the packages again (config/*.in to config/*.txt)
clean:    ## take away everything that was made
due:      ## list the records that should be looked at again; REPORT=due.md writes the list into a file
outside:  ## try every link that leads out of the site (some minutes); REPORT=links.md writes the list into a file
receive:  ## import the workbooks that lie in workbook/ and write what to say about them (build/received/)
preview:  ## make build/preview/ from site/: pages for a folder that is opened by a double click
host:     ## make build/host/ from site/: configuration for nginx, headers for other hosts
workbook: ## write the programmes as an Excel workbook into build/programs.xlsx; LANGUAGE=ka speaks Georgian
import:   ## show what was changed in a workbook, ask, and write it; WORKBOOK=build/programs.xlsx, YES=1 does not ask, REPORT=file.md
undo:     ## take back the last change that import, the form or a new year wrote
