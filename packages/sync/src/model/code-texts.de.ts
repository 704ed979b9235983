import type { CodeTexts } from './code-texts.ts'

export const GERMAN: CodeTexts = {
  reconnectNeeded: {
    cause: 'Die Anmeldung bei Zoho CRM oder Xero gilt nicht mehr.',
    fix: 'Verbinden Sie das System in Tandem neu. Der Abgleich geht dann weiter, wo er aufgehört hat; nichts geht verloren.',
  },
  scopeMissing: {
    cause: 'Bei der Anmeldung hat Tandem nicht alles erlaubt bekommen, was es braucht.',
    fix: 'Verbinden Sie das System in Tandem neu und erlauben Sie alles, wonach gefragt wird. Der Abgleich geht dann weiter.',
  },
  organisationUnreachable: {
    cause: 'Die verbundene Organisation ist nicht mehr erreichbar.',
    fix: 'Prüfen Sie in Zoho CRM und in Xero, ob die Organisation aktiv ist und Sie noch dazugehören, und verbinden Sie sie in Tandem neu.',
  },
  organisationChanged: {
    cause: 'Die Anmeldung führt zu einer anderen Organisation als der verbundenen.',
    fix: 'Verbinden Sie in Tandem neu und wählen Sie die Organisation dieser Verbindung. Bis dahin wird nichts geschrieben.',
  },
  baseCurrencyChanged: {
    cause: 'Die Hauswährung einer Organisation hat sich geändert.',
    fix: 'Prüfen Sie die Hauswährung in Zoho CRM und in Xero und stellen Sie sie zurück, falls es ein Versehen war. Bis dahin wird nichts geschrieben.',
  },
  permissionMissing: {
    cause: 'Der angemeldete Benutzer darf diese Einträge nicht sehen oder ändern.',
    fix: 'Bitten Sie einen Administrator von Zoho CRM oder Xero, ihm Zugriff zu geben, und verbinden Sie in Tandem neu.',
  },
  credentialsWrong: {
    cause: 'Zoho CRM oder Xero nimmt die Schlüssel dieser App nicht an.',
    fix: 'Vergleichen Sie Client-ID und Client-Secret in den Einstellungen von Tandem mit der Entwicklerseite des Systems und verbinden Sie neu.',
  },
  moduleMissing: {
    cause: 'In Zoho CRM fehlt ein Modul, mit dem Tandem arbeitet.',
    fix: 'Machen Sie in Zoho CRM Firmen (CRM-Konten), Kontakte, Produkte und Rechnungen für den angemeldeten Benutzer sichtbar und gleichen Sie dann neu ab.',
  },
  fieldMissing: {
    cause: 'In Zoho CRM fehlt ein Feld, mit dem Tandem arbeitet.',
    fix: 'Verbinden Sie Zoho CRM in Tandem neu: Fehlende Felder werden angelegt. Gleichen Sie dann neu ab.',
  },
  rateLimited: {
    cause: 'Zoho CRM oder Xero hat um eine Pause gebeten.',
    fix: 'Nichts zu tun: Tandem wartet ein wenig und macht von selbst weiter.',
  },
  dayLimitReached: {
    cause: 'Zoho CRM oder Xero nimmt heute keine Anfragen mehr an.',
    fix: 'Nichts zu tun: Der Rest geht von selbst hinaus, wenn dort ein neuer Tag beginnt. Kommt es oft vor, suchen Sie andere Apps mit demselben Kontingent.',
  },
  remoteUnavailable: {
    cause: 'Zoho CRM oder Xero ist gerade nicht verfügbar.',
    fix: 'Nichts zu tun: Tandem versucht es von selbst wieder. Hält es an, sehen Sie auf der Statusseite des Systems nach.',
  },
  remoteAnswerUnreadable: {
    cause: 'Zoho CRM oder Xero hat eine unverständliche Antwort geschickt.',
    fix: 'Nichts zu tun: Tandem versucht es von selbst wieder. Hält es an, sehen Sie auf der Statusseite des Systems nach.',
  },
  remoteTimedOut: {
    cause: 'Es kam keine Antwort; ob die Änderung gespeichert wurde, ist unbekannt.',
    fix: 'Nichts zu tun: Tandem sieht erst nach, ob sie gespeichert wurde, und wiederholt nur, was fehlt.',
  },
  connectionLost: {
    cause: 'Das Netz riss ab, während eine Änderung gesendet wurde.',
    fix: 'Nichts zu tun: Tandem sieht erst nach, ob sie gespeichert wurde, und wiederholt nur, was fehlt.',
  },
  rowMissingInAnswer: {
    cause: 'Die Antwort sagt nicht, was aus diesem Eintrag geworden ist.',
    fix: 'Nichts zu tun: Tandem sieht erst nach, ob er gespeichert wurde, und wiederholt nur, was fehlt.',
  },
  contentRefused: {
    cause: 'Das andere System hat diesen Eintrag abgelehnt.',
    fix: 'Lesen Sie unten seine Meldung, berichtigen Sie den Eintrag dort, wo er erfasst wurde, und speichern Sie. Er wird dann von selbst neu gesendet.',
  },
  valueTooLong: {
    cause: 'Ein Text ist zu lang für das andere System.',
    fix: 'Kürzen Sie den unten genannten Text in dem System, in dem er erfasst wurde, und speichern Sie. Der Eintrag geht dann von selbst hinüber.',
  },
  valueNotAllowed: {
    cause: 'Ein Wert ist im anderen System nicht erlaubt.',
    fix: 'Ändern Sie den unten genannten Wert in dem System, in dem er erfasst wurde, und speichern Sie. Der Eintrag geht dann von selbst hinüber.',
  },
  requiredValueMissing: {
    cause: 'Eine Angabe, die das andere System braucht, ist leer.',
    fix: 'Ergänzen Sie das unten Genannte in dem System, in dem der Eintrag erfasst wurde, und speichern Sie. Er geht dann von selbst hinüber.',
  },
  duplicateInTarget: {
    cause: 'Ein anderer Eintrag hat denselben Namen, dieselbe Nummer oder denselben Code.',
    fix: 'Benennen Sie einen der beiden um oder führen Sie sie zusammen, in ihrem System, und speichern Sie. Versuchen Sie es dann mit dem übrigen erneut.',
  },
  recordArchived: {
    cause: 'Der Eintrag ist in Xero archiviert.',
    fix: 'Stellen Sie ihn in Xero wieder her und versuchen Sie es erneut, oder halten Sie ihn heraus. Archivierte Einträge werden nie geändert.',
  },
  recordGone: {
    cause: 'Der Eintrag wurde in einem System gelöscht und ist im anderen noch da.',
    fix: 'Stellen Sie ihn dort wieder her und versuchen Sie es erneut, oder halten Sie den anderen heraus. Tandem löscht nichts von selbst.',
  },
  recordLocked: {
    cause: 'Der Beleg ist genehmigt oder bezahlt; Änderungen aus Zoho CRM erreichen ihn nicht mehr.',
    fix: 'Machen Sie die Änderung in Xero, wo nötig ohne die Zahlung oder mit einer Gutschrift: Sie kommt dann nach Zoho CRM. Oder nehmen Sie sie in Zoho CRM zurück.',
  },
  quoteLocked: {
    cause: 'Das Angebot ist angenommen, abgelehnt oder verrechnet; Xero hat es gesperrt.',
    fix: 'Setzen Sie das Angebot in Xero auf „gesendet“ zurück: Die Änderung geht dann von selbst hinüber. Oder nehmen Sie sie in Zoho CRM zurück, oder schreiben Sie dort ein neues Angebot.',
  },
  onlyFollows: {
    cause: 'In Xero wurde etwas geändert, das nur in Zoho CRM geschrieben wird.',
    fix: 'Machen Sie dieselbe Änderung in Zoho CRM, oder setzen Sie sie in Xero zurück. Sobald beide dasselbe sagen, verschwindet dieser Eintrag von selbst.',
  },
  lockDate: {
    cause: 'Das Datum des Belegs liegt vor einem Sperrdatum in Xero.',
    fix: 'Bitten Sie die Buchhaltung, das Sperrdatum in Xero zu verschieben, und versuchen Sie es erneut, oder ändern Sie das Datum des Belegs und speichern Sie.',
  },
  documentHasPayments: {
    cause: 'Zu dieser Rechnung gehören Zahlungen; Xero nimmt die Änderung deshalb nicht an.',
    fix: 'Entfernen Sie die Zahlung in Xero und versuchen Sie es erneut, oder berichtigen Sie die Rechnung in Xero mit einer Gutschrift.',
  },
  creditNotReady: {
    cause: 'Die Gutschrift kann noch nicht auf diese Rechnung gehen: In Xero ist eine der beiden nicht offen.',
    fix: 'Geben Sie beide in Xero frei, oder berichtigen Sie den Betrag in Zoho CRM: nicht mehr, als von der Gutschrift übrig und auf der Rechnung offen ist. Dann geht es von selbst weiter.',
  },
  statusNotAllowed: {
    cause: 'Der Beleg kann im anderen System nicht in diesen Status wechseln.',
    fix: 'Setzen Sie den Status in Xero von Hand oder in Zoho CRM zurück. Beim nächsten Abgleich werden beide wieder verglichen.',
  },
  accountNotValid: {
    cause: 'Ein Sachkonto kann hier nicht verwendet werden.',
    fix: 'Sehen Sie bei den Sachkonten (Xero) nach: Es muss aktiv und vom richtigen Typ sein, Erlös oder Aufwand. Oder wählen Sie in Tandem ein anderes. Versuchen Sie es dann erneut.',
  },
  taxNotValid: {
    cause: 'Ein Steuersatz kann hier nicht verwendet werden.',
    fix: 'Prüfen Sie in Xero, ob der Steuersatz aktiv ist, oder wählen Sie in Tandem einen anderen. Versuchen Sie es dann erneut.',
  },
  currencyNotEnabled: {
    cause: 'Die Währung ist im anderen System nicht eingeschaltet.',
    fix: 'Fügen Sie die Währung in den Einstellungen von Xero oder Zoho CRM hinzu, wo sie fehlt, und versuchen Sie es dann erneut.',
  },
  emailNotValid: {
    cause: 'Eine E-Mail-Adresse ist ungültig.',
    fix: 'Berichtigen Sie die Adresse in dem System, in dem sie erfasst wurde, und speichern Sie. Der Eintrag geht dann von selbst hinüber.',
  },
  ambiguousMatch: {
    cause: 'Es ist nicht klar, welcher Eintrag des anderen Systems derselbe ist.',
    fix: 'Verknüpfen Sie ihn mit dem gleichen Eintrag unten: Der nächste Abgleich gleicht beide an. Ist keiner gleich, ändern Sie, was sie gemeinsam haben, und speichern Sie, oder halten Sie ihn heraus.',
  },
  nameTakenByStranger: {
    cause: 'Ein Kontakt mit diesem oder fast diesem Namen ist im anderen System schon da.',
    fix: 'Sind beide derselbe Kunde, verknüpfen Sie sie: Der nächste Abgleich gleicht sie an und sendet ihre wartenden Rechnungen. Wenn nicht, benennen Sie einen um und speichern Sie.',
  },
  missingKey: {
    cause: 'Der Eintrag hat weder Namen noch Nummer noch Code, an dem er zu erkennen wäre.',
    fix: 'Ergänzen Sie ihn in dem System, in dem er erfasst wurde, und speichern Sie. Er geht dann von selbst hinüber.',
  },
  productWithoutCode: {
    cause: 'Das Produkt hat keinen Code, und Xero erkennt seine Artikel an ihrem Code.',
    fix: 'Tragen Sie in Zoho CRM einen Produktcode ein und speichern Sie, oder lassen Sie Tandem einen vergeben (Code erzeugen). Das Produkt geht dann von selbst hinüber, wartende Rechnungen folgen.',
  },
  archivedMatch: {
    cause: 'Ein Kontakt mit diesem oder fast diesem Namen ist in Xero archiviert.',
    fix: 'Sind beide derselbe Kunde, stellen Sie den Kontakt in Xero wieder her und verknüpfen Sie die zwei hier. Wenn nicht, benennen Sie diesen in Zoho CRM nach Ihrer Regel um und speichern Sie.',
  },
  mergedAway: {
    cause: 'Der Kontakt wurde in Xero mit einem anderen zusammengeführt, der hier schon einen Partner hat.',
    fix: 'In Xero sind beide jetzt ein Kunde. Führen Sie die zwei auch in Zoho CRM zusammen, oder halten Sie diesen heraus; bis dahin wird an den zusammengeführten nichts gesendet.',
  },
  adoptedRecordGone: {
    cause: 'Der Eintrag, der zu diesem gehörte, ist nicht mehr zu finden.',
    fix: 'Stellen Sie ihn in seinem System wieder her und versuchen Sie es erneut, oder halten Sie diesen heraus.',
  },
  dealHasInvoice: {
    cause: 'Der Abschluss, den diese CRM-Rechnung nennt, hat seine Rechnung schon.',
    fix: 'Ist es derselbe Verkauf, löschen oder stornieren Sie die überzählige. Ist es ein anderer, nehmen Sie den Abschluss in Zoho CRM heraus und speichern Sie: Dann geht sie nach Xero. Wurde der Abschluss gelöscht, versuchen Sie es erneut.',
  },
  quoteInvoiced: {
    cause: 'Ein Angebot dieses Abschlusses wurde in Xero schon in Rechnung gestellt.',
    fix: 'Nennen Sie den Abschluss in dieser Rechnung in Zoho CRM und versuchen Sie es erneut: Der Abschluss zeigt sie dann. Oder halten Sie den Abschluss heraus; bis dahin wird für ihn nichts berechnet.',
  },
  summaryUndone: {
    cause: 'Eine Tageszusammenfassung von Rechnungen wurde in Xero storniert oder gelöscht.',
    fix: 'Sollen diese Verkäufe trotzdem berechnet werden, legen Sie in Xero eine Rechnung dafür an. Nehmen Sie die Zusammenfassung dann hier heraus, damit sie nicht mehr gemeldet wird.',
  },
  partnerTaken: {
    cause: 'Der Eintrag in Zoho CRM, zu dem dieser jetzt gehört, hat schon einen eigenen Xero-Kontakt.',
    fix: 'Zwei Xero-Kontakte können nicht ein Eintrag im CRM sein. Sind beide derselbe Kunde, führen Sie sie in Xero zusammen; wenn nicht, trennen Sie diesen in Zoho CRM ab, oder halten Sie ihn heraus. Bis dahin wird nichts geschrieben.',
  },
  leadNotFollowed: {
    cause: 'Der Lead wurde umgewandelt, aber daraus wurde kein Kunde, mit dem Tandem weitermachen könnte.',
    fix: 'Kopieren Sie die Xero ID des Leads in den Kunden in Zoho CRM und speichern Sie: Der Xero-Kontakt geht dann von selbst mit diesem weiter. Sind Firmen die Kunden, braucht eine Person zuerst eine Firma.',
  },
  customerModelUnfit: {
    cause: 'Nach dem gewählten Kundenmodell kann dieser Eintrag in Zoho CRM nicht der Kunde sein.',
    fix: 'Geben Sie in Zoho CRM der Person eine Firma oder der Firma eine Person, und versuchen Sie es erneut. Oder halten Sie ihn heraus; an seiner Stelle wird nichts angelegt.',
  },
  unmappedTax: {
    cause: 'Eine Steuer hat im anderen System noch kein Gegenstück.',
    fix: 'Wählen Sie ihr Gegenstück in den Steuereinstellungen von Tandem. Was darauf wartet, geht dann von selbst weiter.',
  },
  unmappedStatus: {
    cause: 'Ein Status hat im anderen System kein Gegenstück.',
    fix: 'Wählen Sie in dem System, in dem der Eintrag steht, einen anderen Status und speichern Sie. Beim nächsten Abgleich werden beide wieder verglichen.',
  },
  unmappedItem: {
    cause: 'Der Beleg enthält ein Produkt, das noch nicht im anderen System ist.',
    fix: 'Kümmern Sie sich zuerst um das Produkt: Wartet es selbst, steht es auch in diesem Eingang. Der Beleg geht dann von selbst weiter.',
  },
  missingParent: {
    cause: 'Der Kunde oder Lieferant des Belegs ist noch nicht im anderen System.',
    fix: 'Kümmern Sie sich zuerst um diesen Kontakt: Wartet er selbst, steht er auch in diesem Eingang. Der Beleg geht dann von selbst weiter.',
  },
  customerIsLead: {
    cause: 'Der Kunde dieses Belegs ist in Zoho CRM noch ein Lead.',
    fix: 'Wandeln Sie den Lead in Zoho CRM um. Der Beleg geht dann von selbst weiter.',
  },
  headerDiscount: {
    cause: 'Der Beleg hat einen Rabatt auf das Ganze, den Xero nicht kennt.',
    fix: 'Geben Sie den Rabatt in Zoho CRM auf die Zeilen und speichern Sie: Der Beleg geht dann von selbst hinüber. Oder lassen Sie Tandem solche Rabatte verteilen (Einstellungen) und versuchen Sie es erneut.',
  },
  documentTax: {
    cause: 'Der Beleg hat eine Steuer auf das Ganze; Xero besteuert nur Zeilen.',
    fix: 'Setzen Sie die Steuer in Zoho CRM auf die Zeilen und speichern Sie. Der Beleg geht dann von selbst hinüber.',
  },
  totalsDiffer: {
    cause: 'Der Beleg käme in beiden Systemen nicht auf dieselbe Summe.',
    fix: 'Vergleichen Sie unten beide Summen, berichtigen Sie Preis, Rabatt oder Steuer der Zeilen dort, wo sie erfasst wurde, und speichern Sie. Sie wird dann neu verglichen.',
  },
  tooManyPersons: {
    cause: 'Die Firma hat mehr Personen, als Xero zu einem Kontakt führt.',
    fix: 'Verschieben oder löschen Sie in Zoho CRM Personen der Firma, bis höchstens sechs übrig sind, und speichern Sie. Sie gehen dann von selbst hinüber.',
  },
  lineWithoutProduct: {
    cause: 'Eine Rechnungszeile hat kein Produkt, das Zoho CRM aber braucht.',
    fix: 'Verbinden Sie Zoho CRM in Tandem neu: Es legt das Produkt an, das für solche Zeilen steht. Versuchen Sie es dann erneut.',
  },
  accountNotChosen: {
    cause: 'Für Rechnungszeilen ohne Artikel ist kein Sachkonto gewählt.',
    fix: 'Wählen Sie in den Einstellungen von Tandem eines der Sachkonten (Xero) und versuchen Sie es dann erneut.',
  },
  customerArchived: {
    cause: 'Der Kunde der Rechnung ist in Xero archiviert und nimmt keine neuen Belege an.',
    fix: 'Stellen Sie den Kontakt in Xero wieder her, oder wählen Sie in Zoho CRM einen anderen Kunden für die Rechnung. Versuchen Sie es dann erneut.',
  },
  onlineSaleContactMissing: {
    cause: 'Der eine Xero-Kontakt für alle Online-Verkäufe ist nicht zu finden.',
    fix: 'Legen Sie in Xero einen Kontakt dieses Namens an, oder wählen Sie einen in den Einstellungen von Tandem. Versuchen Sie es dann erneut: Alle wartenden Verkäufe nutzen ihn.',
  },
  numberTaken: {
    cause: 'Eine andere Rechnung in Xero hat diese Nummer schon.',
    fix: 'Ist es dieselbe Rechnung, verknüpfen Sie beide. Sonst tragen Sie die freie Nummer unten in Zoho CRM bei Xero Invoice No. der Rechnung ein und speichern: Sie geht dann unter dieser Nummer hinüber.',
  },
  dueDateMissing: {
    cause: 'Der Beleg hat kein Fälligkeitsdatum, das ein genehmigter Beleg braucht.',
    fix: 'Tragen Sie es in Zoho CRM ein und speichern Sie. Oder legen Sie beim Xero-Kontakt Zahlungsbedingungen oder in Tandem eine Regel fest und versuchen Sie es erneut.',
  },
  supplierArchived: {
    cause: 'Der Lieferant der Rechnung ist in Xero archiviert und nimmt keine neuen Belege an.',
    fix: 'Stellen Sie den Kontakt in Xero wieder her, oder wählen Sie in Zoho CRM einen anderen Lieferanten für die Bestellung. Versuchen Sie es dann erneut.',
  },
  supplierIsCustomer: {
    cause: 'Ein Lieferant, der auch Kunde ist, wurde als Lieferant geändert.',
    fix: 'Machen Sie die Änderung an der Firma (CRM Account): Sie erreicht dann Xero und den Lieferanten. Oder setzen Sie den Lieferanten in Zoho CRM zurück.',
  },
  mappingInvalid: {
    cause: 'Eine Einstellung von Tandem passt nicht zu dem, was die beiden Systeme haben.',
    fix: 'Berichtigen Sie in Tandem die unten genannte Einstellung und gleichen Sie dann neu ab.',
  },
  ownerUnknown: {
    cause: 'Der gewählte Besitzer neuer Einträge ist kein aktiver Benutzer von Zoho CRM.',
    fix: 'Wählen Sie in Tandem einen anderen Besitzer. Bis dahin gehören neue Einträge in Zoho CRM dem Benutzer, der es verbunden hat.',
  },
  unmappedValue: {
    cause: 'In einer Wertetabelle der Feldzuordnung fehlt ein Wert.',
    fix: 'Ergänzen Sie den unten genannten Wert in der Tabelle der Feldzuordnung von Tandem. Beim nächsten Abgleich geht der Eintrag von selbst weiter.',
  },
  expressionFailed: {
    cause: 'Eine Regel der Feldzuordnung passt nicht zu diesem Eintrag.',
    fix: 'Ändern Sie den unten genannten Wert dort, wo er eingegeben wurde, oder die Regel in der Feldzuordnung von Tandem. Gleichen Sie dann erneut ab.',
  },
  approvalNeeded: {
    cause: 'Die Vorschau wartet auf Ihre Freigabe.',
    fix: 'Sehen Sie die Vorschau durch und geben Sie sie in Tandem frei. Bis dahin wird nichts davon geschrieben.',
  },
  tooManyCreates: {
    cause: 'Ungewöhnlich viele Einträge würden neu angelegt.',
    fix: 'Sehen Sie die Vorschau durch. Stimmt sie, geben Sie sie in Tandem frei; bis dahin wird nichts davon geschrieben.',
  },
  tooManyUpdates: {
    cause: 'Ungewöhnlich viele Einträge würden geändert.',
    fix: 'Sehen Sie die Vorschau durch. War es so gemeint, geben Sie sie in Tandem frei; bis dahin wird nichts davon geschrieben.',
  },
  tooManyDeletes: {
    cause: 'Ungewöhnlich viele Einträge würden gelöscht.',
    fix: 'Sehen Sie die Vorschau durch. Sollen sie wirklich weg, geben Sie sie in Tandem frei; bis dahin wird nichts gelöscht.',
  },
  sameValueEverywhere: {
    cause: 'Derselbe Wert würde in ungewöhnlich viele Einträge geschrieben.',
    fix: 'Suchen Sie in der Vorschau nach einer versehentlichen Massenänderung. War sie gewollt, geben Sie sie in Tandem frei; bis dahin wird nichts davon geschrieben.',
  },
  tooManyAbsent: {
    cause: 'Ungewöhnlich viele Einträge scheinen verschwunden zu sein.',
    fix: 'Prüfen Sie in diesem System, ob sie mit Absicht gelöscht wurden. Wenn nicht, stellen Sie sie wieder her; wenn ja, geben Sie die Vorschau in Tandem frei.',
  },
  sideEmpty: {
    cause: 'Ein System zeigt plötzlich gar keine Einträge mehr.',
    fix: 'Prüfen Sie in diesem System, ob die Einträge da sind und der angemeldete Benutzer sie sehen darf, und gleichen Sie dann neu ab.',
  },
  pingPong: {
    cause: 'Der Eintrag ändert sich ständig hin und her.',
    fix: 'Suchen Sie in Zoho CRM oder Xero nach einer anderen App oder Regel, die dieselben Felder ändert, und halten Sie sie an. Versuchen Sie es dann erneut.',
  },
  syncSwitchedOff: {
    cause: 'Der Abgleich ist ausgeschaltet.',
    fix: 'Schalten Sie ihn in den Einstellungen von Tandem ein (Abgleich erlauben). Er holt dann alles nach, was sich inzwischen geändert hat.',
  },
  paymentWithoutInvoice: {
    cause: 'Die Zahlung nennt keine Rechnung; so kann Xero sie nicht verbuchen.',
    fix: 'Wählen Sie in Zoho CRM die Rechnung, die sie bezahlt, und speichern Sie die Zahlung. Oder halten Sie sie heraus.',
  },
  paymentNotOpen: {
    cause: 'Xero verbucht Zahlungen nur auf genehmigte Rechnungen, die noch offen sind.',
    fix: 'Genehmigen Sie die Rechnung in Xero: Die Zahlung geht dann von selbst. Ist sie dort bezahlt, storniert oder gelöscht, löschen Sie die Zahlung in Zoho CRM oder halten Sie sie heraus.',
  },
  paymentTooMuch: {
    cause: 'Die Zahlung ist höher als das, was auf der Rechnung in Xero noch offen ist.',
    fix: 'Berichtigen Sie den Betrag in Zoho CRM und speichern Sie. Was zu viel gezahlt wurde, wird in Xero als Überzahlung erfasst.',
  },
  paymentCurrency: {
    cause: 'Die Zahlung ist in fremder Währung, oder in einer anderen als ihre Rechnung.',
    fix: 'Erfassen Sie sie in Xero, wo der Kurs der Bank bekannt ist: Von dort kommt sie von selbst nach Zoho CRM. Löschen Sie dann diese, oder halten Sie sie heraus.',
  },
  paymentAccountMissing: {
    cause: 'Niemand hat das Xero-Konto gewählt, auf das Zahlungen gehen.',
    fix: 'Wählen Sie in den Einstellungen der Verbindung ein Bankkonto von Xero oder eines, das Zahlungen annimmt. Die Zahlung geht dann von selbst.',
  },
  paymentLooksDouble: {
    cause: 'Xero hat auf der Rechnung schon eine Zahlung mit diesem Tag und Betrag.',
    fix: 'Ist es dasselbe Geld, löschen Sie diese Zahlung in Zoho CRM oder halten Sie sie heraus. Ist es anderes, geben Sie ihr eine eigene Referenz und speichern Sie.',
  },
  paymentDiffers: {
    cause: 'Die Zahlung sagt in Zoho CRM etwas anderes als in Xero, wo sich eine Zahlung nicht ändern lässt.',
    fix: 'Setzen Sie den Datensatz in Zoho CRM auf das zurück, was Xero hat. Ist Xero falsch, löschen Sie die Zahlung dort und geben Sie in Zoho CRM eine neue ein.',
  },
  paymentReconciled: {
    cause: 'Die Zahlung wurde in Zoho CRM gelöscht, ist in Xero aber abgeglichen.',
    fix: 'Sie bleibt in Xero. Stellen Sie sie in Zoho CRM wieder her, oder lösen Sie in Xero Abgleich oder Stapel und versuchen Sie es erneut, oder halten Sie sie heraus.',
  },
  deletePaid: {
    cause: 'Es wurde in Zoho CRM gelöscht, aber in Xero ist darauf schon gezahlt worden.',
    fix: 'Stellen Sie es in Zoho CRM wieder her. Oder entfernen Sie die Zahlung in Xero und versuchen Sie es erneut, oder berichtigen Sie die Rechnung in Xero mit einer Gutschrift und halten Sie sie heraus.',
  },
  deleteCredited: {
    cause: 'Es wurde in Zoho CRM gelöscht, aber in Xero ist ihm ein Guthaben zugeordnet.',
    fix: 'Stellen Sie es in Zoho CRM wieder her. Oder nehmen Sie das Guthaben in Xero von der Rechnung und versuchen Sie es erneut, oder halten Sie sie heraus: Was verrechnet ist, bleibt in den Büchern.',
  },
  deleteInvoiced: {
    cause: 'Das Angebot wurde in Zoho CRM gelöscht, ist in Xero aber schon abgerechnet.',
    fix: 'Stellen Sie es in Zoho CRM wieder her oder halten Sie es heraus. Soll es wirklich weg, löschen Sie es in Xero: Seine Rechnung bleibt.',
  },
  deleteNeedsConsent: {
    cause: 'Es wurde in Zoho CRM gelöscht; in Xero geht es nur, wenn Sie zustimmen.',
    fix: 'Wählen Sie Löschen, um es in Xero zu stornieren oder zu löschen; das nimmt niemand zurück. Oder stellen Sie es in Zoho CRM wieder her, oder halten Sie es heraus: Dann bleibt es in Xero.',
  },
  deletionUnproven: {
    cause: 'Zoho CRM zeigt es nicht mehr, meldet aber nicht, dass es gelöscht wurde.',
    fix: 'Prüfen Sie, ob der angemeldete Benutzer es in Zoho CRM noch sehen darf, und versuchen Sie es erneut. Wurde es wirklich gelöscht, warten Sie eine Minute; bis dahin wird in Xero nichts gelöscht.',
  },
  restoreInXero: {
    cause: 'Es ist in Zoho CRM zurück; in Xero wurde es mit dem Löschen archiviert.',
    fix: 'Stellen Sie den Kontakt in Xero unter den archivierten wieder her: Das kann nur Xero selbst. Danach laufen beide wieder im Gleichschritt. Oder halten Sie ihn heraus.',
  },
  voidIsFinal: {
    cause: 'Es ist in Zoho CRM zurück; in Xero wurde es mit dem Löschen storniert.',
    fix: 'Xero holt keine stornierte Rechnung zurück. Kopieren Sie sie in Zoho CRM: Die Kopie geht als neue Rechnung nach Xero. Löschen Sie diese dann wieder, oder halten Sie sie heraus.',
  },
  itemInUse: {
    cause: 'Xero löscht diesen Artikel nicht: Belege nennen ihn, oder er führt Bestand.',
    fix: 'Stellen Sie das Produkt in Zoho CRM wieder her oder halten Sie es heraus. In Xero kann der Artikel als nicht mehr verkauft gesetzt werden.',
  },
  bothSidesChanged: {
    cause: 'Dasselbe Feld wurde in beiden Systemen geändert.',
    fix: 'Wählen Sie den Wert, der stimmt. Der nächste Abgleich schreibt ihn in das andere System.',
  },
  targetDeleted: {
    cause: 'Der Eintrag wurde in einem System gelöscht, während er im anderen geändert wurde.',
    fix: 'Stellen Sie ihn dort wieder her, wo er gelöscht wurde, und versuchen Sie es erneut, oder halten Sie den anderen heraus.',
  },
  beforeImageMoved: {
    cause: 'Der Eintrag wurde nach der Vorschau geändert.',
    fix: 'Nichts zu tun: Beim nächsten Abgleich wird er mit dem neueren Wert wieder angesehen.',
  },
}
