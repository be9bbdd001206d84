"""What an S3 service and boto3 complain of, said so that it can be mended."""

from __future__ import annotations

_CODES = {
    "NoSuchBucket": "ce seau n’existe pas — créez-le, ou corrigez « bucket »",
    "404": "ce seau n’existe pas — créez-le, ou corrigez « bucket »",
    "AccessDenied": "le service refuse l’accès — vérifiez les droits de la clé",
    "403": "le service refuse l’accès — vérifiez les droits de la clé",
    "InvalidAccessKeyId": "le service ne connaît pas cette clé — vérifiez AWS_ACCESS_KEY_ID",
    "SignatureDoesNotMatch": "la clé secrète est fausse — vérifiez AWS_SECRET_ACCESS_KEY",
    "ExpiredToken": "l’accès a expiré — ouvrez une nouvelle session",
    "RequestTimeTooSkewed": "l’horloge de cette machine n’est pas à l’heure",
    "PermanentRedirect": "le seau est dans une autre région — corrigez « region »",
    "AuthorizationHeaderMalformed": "le seau est dans une autre région — corrigez « region »",
    "SlowDown": "le service demande de ralentir — recommencez dans quelques minutes",
    "QuotaExceeded": "le seau est plein",
    "EntityTooLarge": "un fichier est trop gros pour ce service",
    "NoCredentialsError": "aucune clé — donnez AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY, "
                          "ou « profile »",
    "PartialCredentialsError": "la clé est incomplète — donnez AWS_ACCESS_KEY_ID et "
                               "AWS_SECRET_ACCESS_KEY",
    "ProfileNotFound": "ce profil n’existe pas dans ~/.aws — corrigez « profile »",
    "EndpointConnectionError": "le service ne répond pas — vérifiez « endpoint » et la connexion",
    "ConnectTimeoutError": "le service ne répond pas — vérifiez « endpoint » et la connexion",
    "ReadTimeoutError": "le service ne répond plus — recommencez",
    "ConnectionClosedError": "le service a coupé la connexion — recommencez",
    "SSLError": "le certificat du service est refusé — vérifiez « endpoint »",
    "InvalidRegionError": "cette région n’existe pas — corrigez « region »",
    "ParamValidationError": "ce nom de seau est impossible — corrigez « bucket »",
    "ValueError": "cette adresse est impossible — corrigez « endpoint »",
}


def explained(error: Exception) -> str:
    """What went wrong and what to do: by the service's error code, else by boto3's class."""
    response = getattr(error, "response", None) or {}
    code = str(response.get("Error", {}).get("Code", "")) or type(error).__name__
    return _CODES.get(code) or f"le service a répondu : {error}"
