import { Button, Group, Modal } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { text } from '../text/catalogue';
import styles from './dialog.module.css';
import { ChangeFailure } from './notice.view';

const words = text.dialog;

interface DialogProps {
  title: string;
  isOpen: boolean;
  /** Left out: only its own buttons close it. */
  onClose?: () => void;
  children: ReactNode;
}

/** A titled dialog. Its head is no `header`, which would be a second banner of the page. */
export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  return (
    <Modal.Root
      opened={isOpen}
      onClose={() => onClose?.()}
      closeOnEscape={onClose !== undefined}
      closeOnClickOutside={onClose !== undefined}
      centered
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <div className={styles.head}>
            <Modal.Title className={styles.title}>{title}</Modal.Title>
            {onClose !== undefined && <Modal.CloseButton aria-label={words.close} />}
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
  /** The change it leads to, where that is waited for: what it failed by goes when the dialog does. */
  change?: Pick<UseMutationResult, 'isPending' | 'error' | 'reset'>;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks before what cannot be taken back. */
export function Confirmation({ title, body, action, isOpen, change, onClose, onConfirm }: ConfirmationProps) {
  const close = (): void => {
    change?.reset();
    onClose();
  };
  return (
    <Dialog title={title} isOpen={isOpen} onClose={close}>
      <p>{body}</p>
      <ChangeFailure error={change?.error ?? null} />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={close}>
          {words.cancel}
        </Button>
        <Button color="red.9" loading={change?.isPending ?? false} onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </Dialog>
  );
}
