# Every target is a verb: `make VERB` is `python -m guideline VERB`. Set-up happens by itself.
PYTHON ?= python3
VERBS := serve site handouts edition check test translations confirm bench format refresh review lock clean language
# Only what is typed on the command line counts: many desktops have a variable LANGUAGE of their own.
given = $(if $(filter command line,$(origin $1)),$2)
check: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE)) $(call given,REPORT,--report)
site: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE)) $(if $(filter no,$(call given,PAPER,$(PAPER))),--no-paper)
handouts: ARGUMENTS = $(call given,MUNICIPALITY,--municipality $(MUNICIPALITY)) $(call given,PROGRAM,--program $(PROGRAM)) $(call given,LANGUAGE,--language $(LANGUAGE))
translations: ARGUMENTS = $(call given,CHAPTER,--chapter $(CHAPTER))
confirm: ARGUMENTS = $(call given,CHAPTER,--chapter $(CHAPTER))
language: ARGUMENTS = --code "$(CODE)" $(call given,NAME,--name "$(NAME)") $(call given,LANGUAGE,--language $(LANGUAGE))
test: ARGUMENTS = $(call given,ONLY,--only $(ONLY))

.PHONY: help $(VERBS)

help:     ## list the verbs
	@grep -hE '^[a-z]+: *##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+): *## */  make \1\t/' | expand -t 16

$(VERBS):
	@$(PYTHON) -m guideline $@ $(strip $(ARGUMENTS))

serve:    ## build the site and show it in a browser; it follows every change
site:     ## build and check the whole site with its PDFs into site/ (nothing changes there if something is wrong); PAPER=no leaves the PDFs out
handouts: ## print PDFs into build/handouts/; MUNICIPALITY=telavi, PROGRAM=telavi/rent, LANGUAGE=ka choose some
edition:  ## note what the sheets say today in data/editions.yaml (before printing); commit that file
check:    ## check the data and chapters; LANGUAGE=ka speaks Georgian, REPORT=1 counts free text
test:     ## run all tests; ONLY=word runs those with the word in their names
translations: ## which sections of the translations are current; CHAPTER=guideline/why for one page
confirm:  ## note that translations were compared with the Georgian of today; CHAPTER=guideline/why for one page
language: ## give the copy a further language, or list what it lacks: CODE=az NAME=Azərbaycan
bench:    ## measure builds (pages, seconds, memory, bytes) and pages on a phone (Lighthouse, where node is)
format:   ## put code into house style and check its types
refresh:  ## make again what is made from the data: schemas, reference, sentences to review
review:   ## write a page to compare every sentence with its source
lock:     ## resolve and pin the packages again (config/*.in to config/*.txt)
clean:    ## take away everything that was made
