from cohorts.queries.identity import identity
from tests.cast import TODAY
from tests.factories import CaseFactory, DetentionFactory, PatientFactory


def test_the_bar_says_who_it_is(cast):
    case = CaseFactory(partnership=cast.eastmere, reference="EM-0417")
    case.patient.nhs_number = "9990412200"

    person = identity(case, TODAY)

    assert (person.reference, person.nhs_number, person.age) == ("EM-0417", "999 041 2200", 59)
    assert person.client_group == "Mental health"
    assert person.alerts == ()


def test_a_missing_number_says_why(cast):
    patient = PatientFactory(
        partnership=cast.eastmere, nhs_number=None, no_number_reason="overseas-patient"
    )

    person = identity(CaseFactory(partnership=cast.eastmere, patient=patient), TODAY)

    assert person.nhs_number == "none: from overseas"


def test_alerts_stand_in_one_order(cast):
    patient = PatientFactory(partnership=cast.eastmere, died_on=TODAY)
    detention = DetentionFactory(patient=patient, section="37/41", cto_from=TODAY)
    fields = {"patient": patient, "detention": detention, "is_out_of_area": True, "ended": True}

    person = identity(CaseFactory(partnership=cast.eastmere, **fields), TODAY)

    assert person.alerts == ("Died", "CTO", "Restricted", "Out of area", "Ended")
