# The verbs of this project. PORT=8123 takes another port; PYTHON=python3.13 another Python.
PORT ?= 8000
bin := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset run worker test test-sqlite lint format migrations

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## Make the checkout ready for development
	@scripts/setup.sh requirements-dev.txt

demo:  ## Try it: everything set up and started, with demonstration data (Ctrl-C stops it)
	@scripts/setup.sh requirements.txt
	@$(bin)/python manage.py demo --port $(PORT)

demo-reset:  ## Put the demonstration data back as it was at first
	@scripts/setup.sh requirements.txt
	@$(bin)/python manage.py demo --reset

run: setup  ## Serve the site, reloading when a file changes
	@$(bin)/python manage.py migrate --verbosity 0
	@DEBUG=1 $(bin)/python manage.py runserver $(PORT)

worker: setup  ## Run Celery with its scheduler
	@$(bin)/python -m celery -A s117 worker --beat --pool threads --concurrency 2 --loglevel INFO

test:  ## Check everything: lint, both databases, the browser journeys
	@scripts/test.sh

test-sqlite: setup  ## Run what needs no server: the suite on SQLite, without a browser
	@$(bin)/python -m pytest --numprocesses auto --dist loadfile -m "not journey and not services"

lint: setup  ## Check style, templates, the tower, types and migrations
	@scripts/lint.sh

format: setup  ## Mend what can be mended by machine
	-@$(bin)/ruff check --fix --quiet .
	@$(bin)/ruff format --quiet .
	-@$(bin)/djlint --reformat --quiet templates

migrations: setup  ## Write the migration for a changed model: make migrations APP=panels NAME=agendaitem_listed_by
	@$(bin)/python manage.py makemigrations $(APP) $(if $(NAME),--name $(NAME))
