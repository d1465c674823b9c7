# Every target is a verb: `make VERB` is `python -m guideline VERB`. Set-up happens by itself.
PYTHON ?= python3
VERBS := new serve site handouts edition check test translations confirm bench upgrade migrate format refresh review lock clean
# Only what is typed on the command line counts: many desktops have a variable LANGUAGE of their own.
given = $(if $(filter command line,$(origin $1)),$2)
new: ARGUMENTS = $(call given,MUNICIPALITY,--municipality "$(MUNICIPALITY)") $(call given,NAME,--name "$(NAME)") $(call given,NAME_EN,--name-en "$(NAME_EN)") $(call given,ADDRESS,--address "$(ADDRESS)") $(call given,PHONE,--phone "$(PHONE)") $(call given,EMAIL,--email "$(EMAIL)") $(call given,COLOUR,--colour "$(COLOUR)") $(call given,LANGUAGE,--language $(LANGUAGE)) $(call given,YES,--yes)
check: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE)) $(call given,REPORT,--report)
site: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE)) $(if $(filter no,$(call given,PAPER,$(PAPER))),--no-paper)
handouts: ARGUMENTS = $(call given,MUNICIPALITY,--municipality $(MUNICIPALITY)) $(call given,PROGRAM,--program $(PROGRAM)) $(call given,LANGUAGE,--language $(LANGUAGE))
translations: ARGUMENTS = $(call given,CHAPTER,--chapter $(CHAPTER))
confirm: ARGUMENTS = $(call given,CHAPTER,--chapter $(CHAPTER))
upgrade: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE)) $(call given,FROM,--from "$(FROM)") $(call given,DRY_RUN,--dry-run) $(call given,YES,--yes) $(call given,SET_ASIDE,--set-aside)
migrate: ARGUMENTS = $(call given,LANGUAGE,--language $(LANGUAGE))
test: ARGUMENTS = $(call given,ONLY,--only $(ONLY))

.PHONY: help $(VERBS)

help:     ## list the verbs
	@grep -hE '^[a-z]+: *##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+): *## */  make \1\t/' | expand -t 16

$(VERBS):
	@$(PYTHON) -m guideline $@ $(strip $(ARGUMENTS))

new:      ## make this copy a municipality's own: MUNICIPALITY=telavi; NAME, NAME_EN, ADDRESS, PHONE, EMAIL, COLOUR answer its questions, YES=1 asks none
serve:    ## build the site and show it in a browser; it follows every change
site:     ## build and check the whole site with its PDFs into site/ (nothing changes there if something is wrong); PAPER=no leaves the PDFs out
handouts: ## print PDFs into build/handouts/; MUNICIPALITY=telavi, PROGRAM=telavi/rent, LANGUAGE=ka choose some
edition:  ## note what the sheets say today in data/editions.yaml (before printing); commit that file
check:    ## check the data and chapters; LANGUAGE=ka speaks Georgian, REPORT=1 counts free text
test:     ## run all tests; ONLY=word runs those with the word in their names
translations: ## which sections of the translations are current; CHAPTER=guideline/why for one page
confirm:  ## note that translations were compared with the Georgian of today; CHAPTER=guideline/why for one page
bench:    ## measure builds (pages, seconds, memory, bytes) and pages on a phone (Lighthouse, where node is)
upgrade:  ## take the next version of the common repository (nothing changes if anything fails); DRY_RUN=1 only tells, FROM=address, YES=1, SET_ASIDE=1, LANGUAGE=ka
migrate:  ## bring the data into the shape that this version of the code reads (upgrade does it by itself); LANGUAGE=ka
format:   ## put code into house style and check its types
refresh:  ## make again what is made from the data: schemas, reference, sentences to review
review:   ## write a page to compare every sentence with its source
lock:     ## resolve and pin the packages again (config/*.in to config/*.txt)
clean:    ## take away everything that was made
