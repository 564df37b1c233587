"""The package most tests here look at: two documents, about 17 KB."""

import pytest

from core.handover.package import Package, build_package
from core.sheet.forms import FormLibrary
from core.sheet.messages import Messages
from tests.core.handover.samples import RESOURCES, SENDING, enclosed, filled, forms_in


@pytest.fixture(scope="session")
def forms(tmp_path_factory: pytest.TempPathFactory) -> FormLibrary:
    return forms_in(tmp_path_factory.mktemp("forms"))


@pytest.fixture(scope="session")
def messages() -> Messages:
    return Messages(RESOURCES / "messages")


@pytest.fixture(scope="session")
def package(forms: FormLibrary) -> Package:
    return build_package([enclosed(filled(forms, 1)), enclosed(filled(forms, 2))], SENDING)
