# The two commands of the README, and little else. Re-running either is quick: the environment is made once,
# and again when pyproject.toml or constraints.txt change.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

CHATS := tests/cases/sample-chats.jsonl
WHATSAPP := tests/cases/Chat WhatsApp dengan Rina Kartika.txt

.PHONY: help demo test setup clean

help: ## show this list
	@sed -n 's/^\([a-z]*\): .*## /make \1  /p' Makefile

demo: .venv/ready-to-run ## manuals and a compliance report from the sample SOP and chats
	@scripts/machine
	@.venv/bin/sopgen build
	@.venv/bin/sopgen check "$(CHATS)" "$(WHATSAPP)" --agent "CS SWIN" --tz Asia/Jakarta --run-id demo --replace
	@echo
	@echo "Look at these, in a browser and in a PDF viewer:"
	@echo "  the manual              output/site/index.html"
	@echo "  the same, to print      output/pdf/"
	@echo "  the compliance report   output/runs/demo/report.html"
	@echo "Next: .venv/bin/sopgen --help"

test: .venv/ready-to-test ## everything that CI runs
	@scripts/machine browser
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/sopgen lint
	.venv/bin/sopgen test
	.venv/bin/pytest

setup: .venv/ready-to-run ## only the environment, in .venv
	@scripts/machine
	@echo "Ready. Try: .venv/bin/sopgen --help"

clean: ## remove what was made: .venv, output and caches
	rm -rf .venv output dist .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/ready-to-run: pyproject.toml constraints.txt scripts/environment
	@scripts/environment
	@touch $@

.venv/ready-to-test: pyproject.toml constraints.txt scripts/environment
	@scripts/environment dev
	@touch .venv/ready-to-run $@
