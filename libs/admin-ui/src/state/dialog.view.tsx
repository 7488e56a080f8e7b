import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { text } from '../text/catalogue';
import styles from './dialog.module.css';
import { ChangeFailure } from './notice.view';

const words = text.dialog;

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A titled dialog. Its head is no `header`, which would be a second banner of the page. */
export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  return (
    <Modal.Root opened={isOpen} onClose={onClose} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <div className={styles.head}>
            <Modal.Title className={styles.title}>{title}</Modal.Title>
            <Modal.CloseButton aria-label={words.close} />
          </div>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface ConfirmationProps {
  title: string;
  /** What follows from it. */
  body: string;
  action: string;
  isOpen: boolean;
  isBusy?: boolean;
  error?: Error | null;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks before what cannot be taken back. */
export function Confirmation({ body, action, isBusy, error = null, onConfirm, ...dialog }: ConfirmationProps) {
  return (
    <Dialog {...dialog}>
      <p>{body}</p>
      <ChangeFailure error={error} />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={dialog.onClose}>
          {words.cancel}
        </Button>
        <Button color="red" loading={isBusy ?? false} onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </Dialog>
  );
}
