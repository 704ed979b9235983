import type { CodeTexts } from './code-texts.ts'

export const FRENCH: CodeTexts = {
  reconnectNeeded: {
    cause: 'La connexion à Zoho CRM ou à Xero n’est plus valable.',
    fix: 'Reconnectez ce système dans Tandem. La synchronisation reprend alors où elle s’était arrêtée ; rien n’est perdu.',
  },
  scopeMissing: {
    cause: 'À la connexion, Tandem n’a pas reçu toutes les autorisations nécessaires.',
    fix: 'Reconnectez le système dans Tandem et acceptez tout ce qui est demandé. La synchronisation reprend alors.',
  },
  organisationUnreachable: {
    cause: 'L’organisation connectée n’est plus joignable.',
    fix: 'Vérifiez dans Zoho CRM et dans Xero que l’organisation est active et que vous en faites encore partie, puis reconnectez-la dans Tandem.',
  },
  organisationChanged: {
    cause: 'La connexion mène à une autre organisation que celle qui était reliée.',
    fix: 'Reconnectez dans Tandem et choisissez l’organisation de cette liaison. Jusque-là, rien n’est écrit.',
  },
  baseCurrencyChanged: {
    cause: 'La devise de base d’une organisation a changé.',
    fix: 'Vérifiez la devise de base dans Zoho CRM et dans Xero, et rétablissez-la si c’était une erreur. Jusque-là, rien n’est écrit.',
  },
  permissionMissing: {
    cause: 'L’utilisateur connecté n’a pas le droit de voir ou de modifier ces fiches.',
    fix: 'Demandez à un administrateur de Zoho CRM ou de Xero de lui donner accès, puis reconnectez dans Tandem.',
  },
  credentialsWrong: {
    cause: 'Zoho CRM ou Xero n’accepte pas les clés de cette application.',
    fix: 'Comparez l’identifiant et le secret du client dans la configuration de Tandem avec la page développeur de ce système, puis reconnectez.',
  },
  moduleMissing: {
    cause: 'Il manque à Zoho CRM un module dont Tandem se sert.',
    fix: 'Dans Zoho CRM, rendez visibles Sociétés (comptes CRM), Contacts, Produits et Factures pour l’utilisateur connecté, puis relancez la synchronisation.',
  },
  fieldMissing: {
    cause: 'Il manque à Zoho CRM un champ dont Tandem se sert.',
    fix: 'Reconnectez Zoho CRM dans Tandem : il ajoute les champs manquants. Relancez ensuite la synchronisation.',
  },
  rateLimited: {
    cause: 'Zoho CRM ou Xero a demandé une pause.',
    fix: 'Rien à faire : Tandem attend un peu et continue de lui-même.',
  },
  dayLimitReached: {
    cause: 'Zoho CRM ou Xero n’accepte plus de demandes aujourd’hui.',
    fix: 'Rien à faire : le reste part de lui-même quand une nouvelle journée y commence. Si cela se répète, cherchez quelles autres applications puisent dans le même quota.',
  },
  remoteUnavailable: {
    cause: 'Zoho CRM ou Xero n’est pas disponible en ce moment.',
    fix: 'Rien à faire : Tandem réessaie de lui-même. Si cela dure, consultez la page d’état de ce système.',
  },
  remoteAnswerUnreadable: {
    cause: 'Zoho CRM ou Xero a envoyé une réponse incompréhensible.',
    fix: 'Rien à faire : Tandem réessaie de lui-même. Si cela dure, consultez la page d’état de ce système.',
  },
  remoteTimedOut: {
    cause: 'La réponse n’est pas venue à temps ; on ne sait pas si la modification a été enregistrée.',
    fix: 'Rien à faire : Tandem vérifie d’abord si elle a été enregistrée et ne répète que ce qui manque.',
  },
  connectionLost: {
    cause: 'Le réseau a été coupé pendant l’envoi d’une modification.',
    fix: 'Rien à faire : Tandem vérifie d’abord si elle a été enregistrée et ne répète que ce qui manque.',
  },
  rowMissingInAnswer: {
    cause: 'La réponse ne dit pas ce qu’il est advenu de cette fiche.',
    fix: 'Rien à faire : Tandem vérifie d’abord si elle a été enregistrée et ne répète que ce qui manque.',
  },
  contentRefused: {
    cause: 'L’autre système a refusé cette fiche.',
    fix: 'Lisez son message ci-dessous, corrigez la fiche là où elle a été saisie et enregistrez. Elle est alors renvoyée d’elle-même.',
  },
  valueTooLong: {
    cause: 'Un texte est trop long pour l’autre système.',
    fix: 'Raccourcissez le texte nommé ci-dessous dans le système où il a été saisi et enregistrez. La fiche passe alors d’elle-même.',
  },
  valueNotAllowed: {
    cause: 'Une valeur n’est pas admise dans l’autre système.',
    fix: 'Modifiez la valeur nommée ci-dessous dans le système où elle a été saisie et enregistrez. La fiche passe alors d’elle-même.',
  },
  requiredValueMissing: {
    cause: 'Une indication nécessaire à l’autre système est vide.',
    fix: 'Complétez ce qui est nommé ci-dessous dans le système où la fiche a été saisie et enregistrez. Elle passe alors d’elle-même.',
  },
  duplicateInTarget: {
    cause: 'Une autre fiche porte le même nom, numéro ou code.',
    fix: 'Renommez l’une des deux, ou fusionnez-les, dans le système où elles se trouvent et enregistrez. Réessayez ensuite avec celle qui reste.',
  },
  recordArchived: {
    cause: 'La fiche est archivée dans Xero.',
    fix: 'Restaurez-la dans Xero et réessayez, ou tenez-la à l’écart. Les fiches archivées ne sont jamais modifiées.',
  },
  recordGone: {
    cause: 'La fiche a été supprimée dans un système et existe encore dans l’autre.',
    fix: 'Restaurez-la là où elle a été supprimée et réessayez, ou tenez l’autre à l’écart. Tandem ne supprime rien de lui-même.',
  },
  recordLocked: {
    cause: 'Le document est approuvé ou payé : les modifications de Zoho CRM ne l’atteignent plus.',
    fix: 'Faites la modification dans Xero, au besoin en annulant le paiement ou par un avoir : elle arrive alors dans Zoho CRM. Ou annulez-la dans Zoho CRM.',
  },
  quoteLocked: {
    cause: 'Le devis est accepté, refusé ou facturé : Xero l’a verrouillé.',
    fix: 'Dans Xero, remettez le devis au statut « envoyé » : la modification passe alors d’elle-même. Ou annulez-la dans Zoho CRM, ou rédigez-y un nouveau devis.',
  },
  onlyFollows: {
    cause: 'Une donnée qui ne se saisit que dans Zoho CRM a été modifiée dans Xero.',
    fix: 'Faites la même modification dans Zoho CRM, ou annulez-la dans Xero. Dès que les deux disent la même chose, ce point disparaît de lui-même.',
  },
  lockDate: {
    cause: 'Le document est daté d’avant une date de verrouillage dans Xero.',
    fix: 'Demandez à votre comptable de déplacer la date de verrouillage dans Xero et réessayez, ou changez la date du document et enregistrez.',
  },
  documentHasPayments: {
    cause: 'Des paiements sont rattachés à cette facture ; Xero n’accepte donc pas la modification.',
    fix: 'Retirez le paiement dans Xero et réessayez, ou corrigez la facture dans Xero par un avoir.',
  },
  creditNotReady: {
    cause: 'L’avoir ne peut pas encore aller sur cette facture : dans Xero, l’un des deux n’y est pas ouvert.',
    fix: 'Approuvez les deux dans Xero, ou corrigez le montant dans Zoho CRM : pas plus que ce qui reste de l’avoir et ce que doit la facture. La suite se fait alors toute seule.',
  },
  statusNotAllowed: {
    cause: 'Le document ne peut pas passer à ce statut dans l’autre système.',
    fix: 'Changez le statut à la main dans Xero, ou rétablissez-le dans Zoho CRM. À la prochaine synchronisation, les deux sont comparés à nouveau.',
  },
  accountNotValid: {
    cause: 'Un compte comptable ne peut pas servir ici.',
    fix: 'Regardez les comptes comptables (Xero) : il doit être actif et du bon type, ventes ou charges. Ou choisissez-en un autre dans les réglages de Tandem. Puis réessayez.',
  },
  taxNotValid: {
    cause: 'Un taux de taxe ne peut pas servir ici.',
    fix: 'Vérifiez dans Xero que le taux est actif, ou choisissez-en un autre dans les réglages de taxe de Tandem. Puis réessayez.',
  },
  currencyNotEnabled: {
    cause: 'La devise n’est pas activée dans l’autre système.',
    fix: 'Ajoutez la devise dans les réglages de Xero ou de Zoho CRM, là où elle manque, puis réessayez.',
  },
  emailNotValid: {
    cause: 'Une adresse e-mail n’est pas valable.',
    fix: 'Corrigez l’adresse dans le système où elle a été saisie et enregistrez. La fiche passe alors d’elle-même.',
  },
  ambiguousMatch: {
    cause: 'On ne sait pas quelle fiche de l’autre système est la même.',
    fix: 'Liez-la à la fiche ci-dessous qui est la même : la prochaine synchronisation accorde les deux. Sinon, changez ce qu’elles ont en commun et enregistrez, ou tenez-la à l’écart.',
  },
  nameTakenByStranger: {
    cause: 'Un contact de ce nom, ou presque, se trouve déjà dans l’autre système.',
    fix: 'Si les deux sont le même client, liez-les : la prochaine synchronisation les accorde et envoie leurs factures en attente. Sinon, renommez-en un et enregistrez.',
  },
  missingKey: {
    cause: 'La fiche n’a ni nom, ni numéro, ni code pour la reconnaître.',
    fix: 'Complétez-la dans le système où elle a été saisie et enregistrez. Elle passe alors d’elle-même.',
  },
  productWithoutCode: {
    cause: 'Le produit n’a pas de code, et Xero reconnaît ses articles à leur code.',
    fix: 'Saisissez un code produit dans Zoho CRM et enregistrez, ou laissez Tandem lui en donner un (créer un code). Le produit passe alors de lui-même, et les factures qui l’attendent suivent.',
  },
  archivedMatch: {
    cause: 'Un contact de ce nom, ou presque, est archivé dans Xero.',
    fix: 'Si les deux sont le même client, restaurez ce contact dans Xero et liez-les ici. Sinon, renommez celui-ci dans Zoho CRM selon votre règle et enregistrez : il passe alors de lui-même.',
  },
  mergedAway: {
    cause: 'Le contact a été fusionné dans Xero avec un autre, qui a déjà sa fiche ici.',
    fix: 'Les deux ne font plus qu’un client dans Xero. Fusionnez-les aussi dans Zoho CRM, ou tenez celui-ci à l’écart ; d’ici là, rien n’est envoyé à celui qui a été fusionné.',
  },
  adoptedRecordGone: {
    cause: 'La fiche qui allait avec celle-ci est introuvable.',
    fix: 'Restaurez-la dans son système et réessayez, ou tenez celle-ci à l’écart de la synchronisation.',
  },
  dealHasInvoice: {
    cause: 'L’affaire que cite cette facture du CRM a déjà sa facture.',
    fix: 'Si c’est la même vente, supprimez ou annulez celle qui est de trop. Si c’en est une autre, retirez-en l’affaire dans Zoho CRM et enregistrez : elle passe alors dans Xero. Si l’affaire a été supprimée, réessayez.',
  },
  quoteInvoiced: {
    cause: 'Un devis de cette affaire a déjà été facturé dans Xero.',
    fix: 'Indiquez l’affaire dans cette facture dans Zoho CRM et réessayez : l’affaire la montre alors. Ou tenez l’affaire à l’écart ; d’ici là, rien n’est facturé pour elle.',
  },
  summaryUndone: {
    cause: 'Un récapitulatif journalier de factures a été annulé ou supprimé dans Xero.',
    fix: 'Si ces ventes doivent tout de même être facturées, créez une facture dans Xero. Tenez ensuite le récapitulatif à l’écart ici, afin qu’il ne soit plus signalé.',
  },
  partnerTaken: {
    cause: 'La fiche de Zoho CRM à laquelle celle-ci revient désormais a déjà son propre contact Xero.',
    fix: 'Deux contacts Xero ne peuvent être une seule fiche du CRM. Si c’est le même client, fusionnez-les dans Xero ; sinon, séparez celle-ci dans Zoho CRM, ou tenez-la à l’écart. D’ici là, rien n’est écrit.',
  },
  leadNotFollowed: {
    cause: 'Le prospect a été converti, mais aucun client n’en est né avec lequel Tandem puisse continuer.',
    fix: 'Copiez le Xero ID du prospect dans le client de Zoho CRM et enregistrez : le contact Xero continue alors de lui-même avec celui-ci. Si les clients sont des sociétés, une personne a d’abord besoin d’une société.',
  },
  customerModelUnfit: {
    cause: 'D’après le modèle de client choisi, cette fiche de Zoho CRM ne peut pas être le client.',
    fix: 'Dans Zoho CRM, donnez une société à la personne ou une personne à la société, et réessayez. Ou tenez-la à l’écart ; rien n’est créé à sa place.',
  },
  unmappedTax: {
    cause: 'Une taxe n’a pas encore d’équivalent dans l’autre système.',
    fix: 'Choisissez son équivalent dans les réglages de taxe de Tandem. Tout ce qui l’attend continue alors de lui-même.',
  },
  unmappedStatus: {
    cause: 'Un statut n’a pas d’équivalent dans l’autre système.',
    fix: 'Choisissez un autre statut dans le système où se trouve la fiche et enregistrez. À la prochaine synchronisation, les deux sont comparés à nouveau.',
  },
  unmappedItem: {
    cause: 'Le document contient un produit qui n’est pas encore dans l’autre système.',
    fix: 'Occupez-vous d’abord du produit : s’il attend lui-même, il a sa place dans cette boîte. Le document suit alors de lui-même.',
  },
  missingParent: {
    cause: 'Le client ou fournisseur du document n’est pas encore dans l’autre système.',
    fix: 'Occupez-vous d’abord de ce contact : s’il attend lui-même, il a sa place dans cette boîte. Le document suit alors de lui-même.',
  },
  customerIsLead: {
    cause: 'Le client de ce document est encore un prospect dans Zoho CRM.',
    fix: 'Convertissez le prospect dans Zoho CRM. Le document suit alors de lui-même.',
  },
  headerDiscount: {
    cause: 'Le document a une remise sur l’ensemble, ce que Xero ne connaît pas.',
    fix: 'Dans Zoho CRM, accordez la remise sur les lignes et enregistrez : le document passe alors de lui-même. Ou laissez Tandem répartir ces remises (réglages), puis réessayez.',
  },
  documentTax: {
    cause: 'Le document a une taxe sur l’ensemble ; Xero ne taxe que les lignes.',
    fix: 'Dans Zoho CRM, mettez la taxe sur les lignes et enregistrez. Le document passe alors de lui-même.',
  },
  totalsDiffer: {
    cause: 'Le document n’aurait pas le même total dans les deux systèmes.',
    fix: 'Comparez les deux totaux ci-dessous, corrigez prix, remise ou taxe des lignes dans le système où elle a été saisie et enregistrez. Elle est alors comparée à nouveau.',
  },
  tooManyPersons: {
    cause: 'La société a plus de personnes que Xero n’en garde par contact.',
    fix: 'Dans Zoho CRM, déplacez ou supprimez des personnes de la société jusqu’à six au plus, et enregistrez. Elles passent alors d’elles-mêmes.',
  },
  lineWithoutProduct: {
    cause: 'Une ligne de facture n’a pas de produit, or Zoho CRM en exige un.',
    fix: 'Reconnectez Zoho CRM dans Tandem : il crée le produit prévu pour ces lignes. Puis réessayez.',
  },
  accountNotChosen: {
    cause: 'Aucun compte comptable n’est choisi pour les lignes sans article.',
    fix: 'Choisissez l’un des comptes comptables (Xero) dans les réglages de Tandem, puis réessayez.',
  },
  customerArchived: {
    cause: 'Le client de la facture est archivé dans Xero, qui n’accepte plus de documents pour lui.',
    fix: 'Restaurez le contact dans Xero, ou choisissez un autre client pour la facture dans Zoho CRM. Réessayez ensuite.',
  },
  onlineSaleContactMissing: {
    cause: 'Le contact Xero unique des ventes en ligne est introuvable.',
    fix: 'Créez un contact de ce nom dans Xero, ou choisissez-en un dans les réglages de Tandem. Réessayez ensuite : toutes les ventes en attente l’utilisent.',
  },
  numberTaken: {
    cause: 'Une autre facture de Xero porte déjà ce numéro.',
    fix: 'Si c’est la même facture, liez les deux. Sinon, saisissez le numéro libre ci-dessous dans Xero Invoice No. de la facture dans Zoho CRM et enregistrez : elle passe alors sous ce numéro.',
  },
  dueDateMissing: {
    cause: 'Le document n’a pas d’échéance, or un document approuvé en a besoin.',
    fix: 'Saisissez l’échéance dans Zoho CRM et enregistrez. Ou fixez des conditions sur le contact Xero ou une règle dans Tandem, puis réessayez.',
  },
  supplierArchived: {
    cause: 'Le fournisseur de la facture est archivé dans Xero, qui n’accepte plus de documents pour lui.',
    fix: 'Restaurez le contact dans Xero, ou choisissez un autre fournisseur pour le bon de commande dans Zoho CRM. Réessayez ensuite.',
  },
  supplierIsCustomer: {
    cause: 'Un fournisseur qui est aussi client a été modifié comme fournisseur.',
    fix: 'Faites la modification sur la société (CRM Account) : elle parvient alors à Xero et au fournisseur. Ou annulez-la sur le fournisseur dans Zoho CRM.',
  },
  mappingInvalid: {
    cause: 'Un réglage de Tandem ne va pas avec ce que les deux systèmes contiennent.',
    fix: 'Corrigez dans Tandem le réglage nommé ci-dessous, puis relancez la synchronisation.',
  },
  ownerUnknown: {
    cause: 'Le propriétaire choisi pour les nouvelles fiches n’est pas un utilisateur actif de Zoho CRM.',
    fix: 'Choisissez un autre propriétaire dans les réglages de Tandem. D’ici là, les nouvelles fiches dans Zoho CRM appartiennent à l’utilisateur qui l’a connecté.',
  },
  unmappedValue: {
    cause: 'Une valeur manque dans une table de valeurs de la correspondance des champs.',
    fix: 'Ajoutez la valeur nommée ci-dessous à la table, dans la correspondance des champs de Tandem. À la synchronisation suivante, la fiche repart d’elle-même.',
  },
  expressionFailed: {
    cause: 'Une règle de la correspondance des champs ne va pas avec cette fiche.',
    fix: 'Changez la valeur nommée ci-dessous là où elle a été saisie, ou la règle dans la correspondance des champs de Tandem. Puis relancez la synchronisation.',
  },
  approvalNeeded: {
    cause: 'L’aperçu attend votre accord.',
    fix: 'Parcourez l’aperçu et donnez votre accord dans Tandem. Jusque-là, rien n’en est écrit.',
  },
  tooManyCreates: {
    cause: 'Un nombre inhabituel de nouvelles fiches serait créé.',
    fix: 'Parcourez l’aperçu. S’il est juste, donnez votre accord dans Tandem ; jusque-là, rien n’en est écrit.',
  },
  tooManyUpdates: {
    cause: 'Un nombre inhabituel de fiches serait modifié.',
    fix: 'Parcourez l’aperçu. Si c’était voulu, donnez votre accord dans Tandem ; jusque-là, rien n’en est écrit.',
  },
  tooManyDeletes: {
    cause: 'Un nombre inhabituel de fiches serait supprimé.',
    fix: 'Parcourez l’aperçu. Si elles doivent vraiment partir, donnez votre accord dans Tandem ; jusque-là, rien n’est supprimé.',
  },
  sameValueEverywhere: {
    cause: 'La même valeur serait écrite dans un nombre inhabituel de fiches.',
    fix: 'Cherchez dans l’aperçu une modification en masse faite par erreur. Si elle était voulue, donnez votre accord dans Tandem ; jusque-là, rien n’en est écrit.',
  },
  tooManyAbsent: {
    cause: 'Un nombre inhabituel de fiches semble avoir disparu.',
    fix: 'Vérifiez dans ce système si elles ont été supprimées exprès. Sinon, restaurez-les ; si oui, donnez votre accord dans Tandem.',
  },
  sideEmpty: {
    cause: 'Un système ne montre soudain plus aucune fiche.',
    fix: 'Vérifiez dans ce système que les fiches sont là et que l’utilisateur connecté peut les voir, puis relancez la synchronisation.',
  },
  pingPong: {
    cause: 'La fiche ne cesse de changer dans un sens puis dans l’autre.',
    fix: 'Cherchez dans Zoho CRM ou Xero une autre application ou règle qui modifie les mêmes champs, et arrêtez-la. Puis réessayez.',
  },
  syncSwitchedOff: {
    cause: 'La synchronisation est désactivée.',
    fix: 'Activez-la dans les réglages de Tandem (autoriser la synchronisation). Elle reprend alors tout ce qui a changé entre-temps.',
  },
  paymentWithoutInvoice: {
    cause: 'Le paiement ne nomme aucune facture ; Xero ne peut pas l’enregistrer.',
    fix: 'Dans Zoho CRM, choisissez la facture qu’il règle et enregistrez le paiement. Ou tenez-le à l’écart.',
  },
  paymentNotOpen: {
    cause: 'Xero n’enregistre un paiement que sur une facture approuvée et encore due.',
    fix: 'Approuvez la facture dans Xero : le paiement part alors tout seul. Si elle y est payée, annulée ou supprimée, supprimez le paiement dans Zoho CRM ou tenez-le à l’écart.',
  },
  paymentTooMuch: {
    cause: 'Le paiement dépasse ce qui reste dû sur sa facture dans Xero.',
    fix: 'Corrigez le montant dans Zoho CRM et enregistrez. Ce qui a été payé en trop se saisit dans Xero, comme trop-perçu.',
  },
  paymentCurrency: {
    cause: 'Le paiement est en devise étrangère, ou dans une autre que sa facture.',
    fix: 'Saisissez-le dans Xero, où le cours de la banque est connu : il vient ensuite tout seul dans Zoho CRM. Supprimez alors celui-ci, ou tenez-le à l’écart.',
  },
  paymentAccountMissing: {
    cause: 'Personne n’a choisi le compte Xero qui reçoit les paiements.',
    fix: 'Dans les réglages de la connexion, choisissez un compte bancaire de Xero, ou un compte qui accepte les paiements. Le paiement part alors tout seul.',
  },
  paymentLooksDouble: {
    cause: 'Xero a déjà un paiement de ce jour et de ce montant sur la facture.',
    fix: 'S’il s’agit du même argent, supprimez ce paiement dans Zoho CRM ou tenez-le à l’écart. Sinon, donnez-lui une référence propre et enregistrez.',
  },
  paymentDiffers: {
    cause: 'Le paiement dit autre chose dans Zoho CRM que dans Xero, où un paiement ne peut pas être modifié.',
    fix: 'Remettez l’enregistrement de Zoho CRM à ce que Xero indique. Si Xero a tort, supprimez-y le paiement et saisissez-en un nouveau dans Zoho CRM.',
  },
  paymentReconciled: {
    cause: 'Le paiement a été supprimé dans Zoho CRM, mais il est rapproché dans Xero.',
    fix: 'Il reste dans Xero. Restaurez-le dans Zoho CRM, ou annulez dans Xero le rapprochement ou le lot et réessayez, ou tenez-le à l’écart.',
  },
  deletePaid: {
    cause: 'Elle a été supprimée dans Zoho CRM, mais un paiement y est rattaché dans Xero.',
    fix: 'Restaurez-la dans Zoho CRM. Ou retirez le paiement dans Xero et réessayez, ou corrigez la facture dans Xero par un avoir et tenez-la à l’écart.',
  },
  deleteCredited: {
    cause: 'Elle a été supprimée dans Zoho CRM, mais un avoir lui est affecté dans Xero.',
    fix: 'Restaurez-la dans Zoho CRM. Ou retirez l’avoir de la facture dans Xero et réessayez, ou tenez-la à l’écart : ce qui est crédité reste dans les comptes.',
  },
  deleteInvoiced: {
    cause: 'Le devis a été supprimé dans Zoho CRM, mais il est déjà facturé dans Xero.',
    fix: 'Restaurez-le dans Zoho CRM ou tenez-le à l’écart. S’il doit vraiment partir, supprimez-le dans Xero : sa facture reste.',
  },
  deleteNeedsConsent: {
    cause: 'Elle a été supprimée dans Zoho CRM ; dans Xero, rien ne part sans votre accord.',
    fix: 'Choisissez supprimer pour l’annuler ou la supprimer dans Xero, sans retour possible. Ou restaurez-la dans Zoho CRM, ou tenez-la à l’écart : elle reste alors dans Xero.',
  },
  deletionUnproven: {
    cause: 'Zoho CRM ne la montre plus, sans dire qu’elle a été supprimée.',
    fix: 'Vérifiez que l’utilisateur connecté peut encore la voir dans Zoho CRM, puis réessayez. Si elle a bien été supprimée, attendez une minute ; d’ici là, rien n’est supprimé dans Xero.',
  },
  restoreInXero: {
    cause: 'Elle est de retour dans Zoho CRM ; dans Xero, elle avait été archivée.',
    fix: 'Restaurez le contact dans Xero, parmi les contacts archivés : seul Xero peut le faire. Les deux restent ensuite à jour. Ou tenez-le à l’écart.',
  },
  voidIsFinal: {
    cause: 'Elle est de retour dans Zoho CRM ; dans Xero, elle avait été annulée.',
    fix: 'Xero ne rétablit aucune facture annulée. Copiez-la dans Zoho CRM : la copie part vers Xero comme nouvelle facture. Supprimez ensuite celle-ci, ou tenez-la à l’écart.',
  },
  itemInUse: {
    cause: 'Xero ne supprime pas cet article : des documents le citent, ou il a un stock.',
    fix: 'Restaurez le produit dans Zoho CRM ou tenez-le à l’écart. Dans Xero, l’article peut être défini comme n’étant plus vendu.',
  },
  bothSidesChanged: {
    cause: 'Le même champ a été modifié dans les deux systèmes.',
    fix: 'Choisissez la valeur qui est juste. La prochaine synchronisation l’écrit dans l’autre système.',
  },
  targetDeleted: {
    cause: 'La fiche a été supprimée dans un système pendant qu’elle était modifiée dans l’autre.',
    fix: 'Restaurez-la là où elle a été supprimée et réessayez, ou tenez l’autre à l’écart de la synchronisation.',
  },
  beforeImageMoved: {
    cause: 'La fiche a été modifiée après l’aperçu.',
    fix: 'Rien à faire : elle est reprise à la prochaine synchronisation, avec la valeur la plus récente.',
  },
}
