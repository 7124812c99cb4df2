from core.secrets import kept_secret


def test_a_kept_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "secret_key"

    secret = kept_secret(path)

    assert kept_secret(path) == secret
    assert len(secret) >= 50
    assert path.stat().st_mode & 0o777 == 0o600
